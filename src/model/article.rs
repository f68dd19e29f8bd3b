//! Article Q182346 statement by statement, in our own words, and what it leaves open.

/// A statement of the article, in the order of its sections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Statement {
    /// APPLIES TO.
    Applies,
    /// SYMPTOMS, first.
    SymptomStart,
    /// SYMPTOMS, second.
    SymptomWizard,
    /// SYMPTOMS, third.
    SymptomEvent,
    /// CAUSE, first sentence.
    Cause,
    /// CAUSE, second sentence.
    CauseUpgrade,
    /// WORKAROUND, introduction.
    TryAfterEachStep,
    /// WORKAROUND 1, introduction.
    ServicesAgain,
    /// WORKAROUND 1, second sentence.
    ServicesAbsent,
    /// WORKAROUND 1.1 and 1.2.
    ServicesOut,
    /// WORKAROUND 1.3 and 1.4, no service pack.
    ServicesIn,
    /// WORKAROUND 1.4, service pack.
    ServicesPack,
    /// WORKAROUND 2, introduction.
    ProtocolsAgain,
    /// WORKAROUND 2, NOTE, first sentence.
    OneAtATime,
    /// WORKAROUND 2, NOTE, second sentence.
    AllAtOnce,
    /// WORKAROUND 2, NOTE, third sentence.
    ShareByHand,
    /// WORKAROUND 2, NOTE, last sentence.
    OnlyProtocol,
    /// WORKAROUND 2.1 and 2.2.
    ProtocolOut,
    /// WORKAROUND 2.3 and 2.4, no service pack.
    ProtocolIn,
    /// WORKAROUND 2.4, service pack.
    ProtocolPack,
    /// WORKAROUND 2.5.
    ProtocolsRepeat,
    /// Additional query words.
    QueryWords,
}

impl Statement {
    /// All statements, in the article's order.
    pub const ALL: [Self; 22] = [
        Self::Applies,
        Self::SymptomStart,
        Self::SymptomWizard,
        Self::SymptomEvent,
        Self::Cause,
        Self::CauseUpgrade,
        Self::TryAfterEachStep,
        Self::ServicesAgain,
        Self::ServicesAbsent,
        Self::ServicesOut,
        Self::ServicesIn,
        Self::ServicesPack,
        Self::ProtocolsAgain,
        Self::OneAtATime,
        Self::AllAtOnce,
        Self::ShareByHand,
        Self::OnlyProtocol,
        Self::ProtocolOut,
        Self::ProtocolIn,
        Self::ProtocolPack,
        Self::ProtocolsRepeat,
        Self::QueryWords,
    ];

    /// The statement called `id`.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.id() == id)
    }

    /// The word for this statement in scenario files and in `explain`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Applies => "applies-to",
            Self::SymptomStart => "symptoms-1",
            Self::SymptomWizard => "symptoms-2",
            Self::SymptomEvent => "symptoms-3",
            Self::Cause => "cause",
            Self::CauseUpgrade => "cause-in-particular",
            Self::TryAfterEachStep => "workaround-try",
            Self::ServicesAgain => "workaround-1",
            Self::ServicesAbsent => "workaround-1-skip",
            Self::ServicesOut => "workaround-1.2",
            Self::ServicesIn => "workaround-1.4",
            Self::ServicesPack => "workaround-1.4-pack",
            Self::ProtocolsAgain => "workaround-2",
            Self::OneAtATime => "workaround-2-note-one",
            Self::AllAtOnce => "workaround-2-note-all",
            Self::ShareByHand => "workaround-2-note-share",
            Self::OnlyProtocol => "workaround-2-note-only",
            Self::ProtocolOut => "workaround-2.2",
            Self::ProtocolIn => "workaround-2.4",
            Self::ProtocolPack => "workaround-2.4-pack",
            Self::ProtocolsRepeat => "workaround-2.5",
            Self::QueryWords => "query-words",
        }
    }

    /// Where the article says it.
    pub const fn section(self) -> &'static str {
        match self {
            Self::Applies => "APPLIES TO",
            Self::SymptomStart => "SYMPTOMS, first",
            Self::SymptomWizard => "SYMPTOMS, second",
            Self::SymptomEvent => "SYMPTOMS, third",
            Self::Cause => "CAUSE",
            Self::CauseUpgrade => "CAUSE, \"in particular\"",
            Self::TryAfterEachStep => "WORKAROUND",
            Self::ServicesAgain | Self::ServicesAbsent => "WORKAROUND 1",
            Self::ServicesOut => "WORKAROUND 1.1, 1.2",
            Self::ServicesIn => "WORKAROUND 1.3, 1.4",
            Self::ServicesPack => "WORKAROUND 1.4",
            Self::ProtocolsAgain => "WORKAROUND 2",
            Self::OneAtATime | Self::AllAtOnce | Self::ShareByHand | Self::OnlyProtocol => {
                "WORKAROUND 2, NOTE"
            }
            Self::ProtocolOut => "WORKAROUND 2.1, 2.2",
            Self::ProtocolIn => "WORKAROUND 2.3, 2.4",
            Self::ProtocolPack => "WORKAROUND 2.4",
            Self::ProtocolsRepeat => "WORKAROUND 2.5",
            Self::QueryWords => "Additional query words",
        }
    }

    /// What it says, in our own words.
    pub const fn says(self) -> &'static str {
        match self {
            Self::Applies => "It is about Exchange Server 4.0 and 5.0.",
            Self::SymptomStart => "The Internet Mail Connector or Service cannot be started.",
            Self::SymptomWizard => "The Internet Mail Wizard runs and no service is created.",
            Self::SymptomEvent => {
                "Event 4087 of MSExchangeIMC: the queue viewing interface could not be registered."
            }
            Self::Cause => "A network service or protocol of the host does not function properly.",
            Self::CauseUpgrade => {
                "NT 3.51 was upgraded to 4.0 while Services for Macintosh was installed."
            }
            Self::TryAfterEachStep => "After each step, try to start or create the service again.",
            Self::ServicesAgain => {
                "Remove and reinstall Services for Macintosh and the SNMP Service; both if both are there."
            }
            Self::ServicesAbsent => "Where neither is installed, go on to step 2.",
            Self::ServicesOut => "Remove them on the Services tab, then restart.",
            Self::ServicesIn => {
                "Install again what was removed; without a service pack, restart then."
            }
            Self::ServicesPack => "With a service pack, reapply it before that restart.",
            Self::ProtocolsAgain => "Remove and reinstall each installed protocol.",
            Self::OneAtATime => "Take the protocols one at a time.",
            Self::AllAtOnce => "With all protocols removed at once, folders are no longer shared.",
            Self::ShareByHand => {
                "What is no longer shared must be shared by hand once the protocols are back."
            }
            Self::OnlyProtocol => {
                "The only protocol is removed and reinstalled all the same, and the folders are shared by hand."
            }
            Self::ProtocolOut => "Remove a protocol on the Protocols tab, then restart.",
            Self::ProtocolIn => "Install it again; without a service pack, restart then.",
            Self::ProtocolPack => "Here, too, a service pack is reapplied before that restart.",
            Self::ProtocolsRepeat => "Do the same for each further protocol.",
            Self::QueryWords => {
                "The article is also found under 2140 and under Remote Access Service."
            }
        }
    }

    /// The tests of this project that carry it, as `file::name` below `tests/it`.
    pub const fn tests(self) -> &'static [&'static str] {
        match self {
            Self::Applies => &["article::exchange_4_0_and_5_0_both_fail_and_are_both_repaired"],
            Self::SymptomStart => &["article::a_failing_component_keeps_the_imc_from_starting"],
            Self::SymptomWizard => &["rules::failed_wizard_creates_nothing"],
            Self::SymptomEvent => &["article::event_4087_reads_as_in_event_viewer"],
            Self::Cause => &["rules::failing_component_stops_registration"],
            Self::CauseUpgrade => &["rules::upgrade_damages_macintosh"],
            Self::TryAfterEachStep => &["article::the_built_in_runbook_tries_after_each_step"],
            Self::ServicesAgain => &["article::step_1_takes_both_services_together"],
            Self::ServicesAbsent => &["article::without_the_two_services_step_2_comes_first"],
            Self::ServicesOut | Self::ProtocolOut => &["article::a_removal_ends_in_a_restart"],
            Self::ServicesIn | Self::ProtocolIn => {
                &["rules::reinstall_repairs", "article::without_a_service_pack_none_is_applied"]
            }
            Self::ServicesPack | Self::ProtocolPack => &["rules::cd_files_fail_under_service_pack"],
            Self::ProtocolsAgain | Self::ProtocolsRepeat => {
                &["article::step_2_reaches_damage_in_every_protocol"]
            }
            Self::OneAtATime => &["article::one_at_a_time_keeps_every_share"],
            Self::AllAtOnce => &["rules::boot_without_protocol_drops_shares"],
            Self::ShareByHand => &["article::a_lost_share_comes_back_by_hand_only"],
            Self::OnlyProtocol => &["article::the_only_protocol_costs_the_shares"],
            Self::QueryWords => &["article::the_services_tool_shows_2140_and_ras_is_out_of_reach"],
        }
    }
}

/// A question that the article leaves open, and the reading that this model takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Silence {
    /// What is open.
    pub question: &'static str,
    /// The reading taken, and where it can be changed.
    pub reading: &'static str,
}

/// All that the article leaves open, in the order in which a reader meets it.
pub const SILENCES: [Silence; 8] = [
    Silence {
        question: "\"May\": does a host with the cause always show the failure?",
        reading: "A host either has the damage or has not; questions are asked over all hosts with and without it.",
    },
    Silence {
        question: "How does a broken component keep the IMC from starting?",
        reading: "Registration of the queue viewing interface fails while any loaded component fails.",
    },
    Silence {
        question: "Is the IMC tried after each protocol, or only after all of step 2?",
        reading: "After each; a runbook file says so with `try`, and can say otherwise.",
    },
    Silence {
        question: "In which order are the protocols taken?",
        reading: "In the order of the dialog.",
    },
    Silence {
        question: "Why restart between removing and installing?",
        reading: "What a removal leaves behind goes with the restart: rule leftovers-survive-until-restart.",
    },
    Silence {
        question: "Is the service pack reapplied after the restart that follows a removal?",
        reading: "No: removing brings no files from the CD.",
    },
    Silence {
        question: "Which protocols count for the shares: all, or those that carry the Server service?",
        reading: "All seven; rule only-transports-carry-shares is the other reading.",
    },
    Silence {
        question: "Remote Access Service is only a query word: what if it is the broken one?",
        reading: "Its damage stops the IMC like any other, and no step of the article reaches it.",
    },
];
