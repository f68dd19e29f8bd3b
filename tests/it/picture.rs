//! Trees of what-ifs as pictures: nothing overlaps, nothing is lost, and a browser opens them.

use crate::cli::imc4087;
use crate::random::any_action;
use crate::random::any_scenario;
use crate::random::any_set;
use crate::tidy::root;
use imc4087::files::change::HostFact;
use imc4087::files::change::history_edit;
use imc4087::files::scenario::Scenario;
use imc4087::model::action::Action;
use imc4087::model::component::Component;
use imc4087::model::rule::RuleId;
use imc4087::model::set::Components;
use imc4087::report::dot;
use imc4087::report::page::page;
use imc4087::report::svg::escaped;
use imc4087::report::svg::picture;
use imc4087::report::tree::Leaves;
use imc4087::report::tree::lanes;
use imc4087::report::what_if::WhatIfReport;
use imc4087::search::future::Change;
use imc4087::search::future::Plan;
use imc4087::search::future::Premise;
use imc4087::search::what_if::WhatIf;
use proptest::collection::vec;
use proptest::prelude::ProptestConfig;
use proptest::prelude::any;
use proptest::prop_assert;
use proptest::prop_assert_eq;
use proptest::proptest;
use proptest::sample::Index;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

fn report(scenario: &Scenario, changes: Vec<Vec<Change>>) -> WhatIfReport {
    let acts = scenario.acts.iter().flat_map(|it| &it.actions).map(|it| it.value).collect();
    let premise = Premise::of(scenario, Plan::Actions(acts));
    // A fact that a line of the history contradicts is no future.
    let ask = |it| WhatIf::ask(&premise, it).ok();
    WhatIfReport {
        path: "a.toml".to_owned(),
        title: scenario.title.clone(),
        plan: "the acts of the scenario".to_owned(),
        names: scenario.names.clone(),
        branches: changes.into_iter().filter_map(ask).collect(),
    }
}

/// The value of an attribute of an element.
fn attribute<'a>(element: &'a str, name: &str) -> &'a str {
    element.split(&format!(" {name}=\"")).nth(1).unwrap_or_default().split('"').next().unwrap()
}

fn number(element: &str, name: &str) -> i64 {
    attribute(element, name).parse().unwrap()
}

/// A box: left, top, right, bottom.
type Rect = (i64, i64, i64, i64);

fn rects(svg: &str) -> Vec<Rect> {
    let boxes = svg.lines().filter(|it| it.starts_with("<rect class=\"node"));
    boxes
        .map(|it| {
            let (x, y) = (number(it, "x"), number(it, "y"));
            (x, y, x + number(it, "width"), y + number(it, "height"))
        })
        .collect()
}

/// The straight pieces of every line.
fn pieces(svg: &str) -> Vec<Rect> {
    let mut all = Vec::new();
    for path in svg.lines().filter(|it| it.starts_with("<path class=\"edge")) {
        let mut words = attribute(path, "d").split(' ');
        let mut x: i64 = words.next().unwrap()[1..].parse().unwrap();
        let mut y: i64 = words.next().unwrap().parse().unwrap();
        for word in words {
            let to: i64 = word[1..].parse().unwrap();
            let (next_x, next_y) = if word.starts_with('H') { (to, y) } else { (x, to) };
            all.push((x.min(next_x), y.min(next_y), x.max(next_x), y.max(next_y)));
            (x, y) = (next_x, next_y);
        }
    }
    all
}

fn meet(one: &Rect, other: &Rect) -> bool {
    one.0 < other.2 && other.0 < one.2 && one.1 < other.3 && other.1 < one.3
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// No box lies on another, no line and no text on a box that is not its own, and every step of every
    /// future is a node of the tree once.
    #[test]
    fn nothing_in_a_picture_lies_on_anything_else(
        scenario in any_scenario(),
        forks in vec((any::<Index>(), vec(any_action(), 0..6)), 1..5),
        (rule, has, words) in (any::<Index>(), any_set(Components::PROTOCOLS), 0..60_usize),
    ) {
        let steps: usize = scenario.acts.iter().map(|it| it.actions.len()).sum();
        let no_finish = |it: &Action| !matches!(it, Action::Finish(_));
        let fork = |(at, actions): (Index, Vec<Action>)| {
            let actions = actions.into_iter().filter(no_finish).collect();
            vec![Change::Do { at: at.index(steps + 1) + 1, actions }]
        };
        let mut changes: Vec<Vec<Change>> = forks.into_iter().map(fork).collect();
        changes.push(vec![Change::Fact(HostFact::Has(has))]);
        let rule = RuleId::ALL[rule.index(RuleId::ALL.len())];
        changes.push(vec![Change::Rule { rule, believed: !scenario.rules.believes(rule) }]);
        let report = report(&scenario, changes);
        let lanes = lanes(&report);
        for lane in &lanes {
            let future = lane.number.checked_sub(1).map(|it| &report.branches[it].other);
            let future = future.unwrap_or(&report.branches[0].base);
            let same = lane.nodes.len() == 1 && lane.nodes[0].head == "no difference";
            prop_assert!(same || lane.start() + lane.nodes.len() == future.turns.len() + 2);
            prop_assert!(!same || lane.leaves == Leaves::Never);
            // Every what-if leaves the future as it is where it differs first.
            let base = &report.branches[0].base;
            let shared = lane.start().saturating_sub(1);
            prop_assert_eq!(&future.turns[..shared], &base.turns[..shared]);
            let marked = lane.nodes.iter().position(|it| it.first.ends_with("first difference"));
            prop_assert_eq!(marked, (lane.number > 0 && !same).then_some(0));
        }
        let title = format!("{} {}", report.title, "long ".repeat(words));
        let svg = picture(&lanes, &title, &report.path);
        let all = svg.lines().filter(|it| it.starts_with("<rect class")).filter(|it| it.contains(" x="));
        for rect in all {
            prop_assert!(number(rect, "x") + number(rect, "width") <= number(&svg, "width"), "{rect}");
        }
        let (rects, pieces) = (rects(&svg), pieces(&svg));
        prop_assert_eq!(rects.len(), lanes.iter().map(|it| it.nodes.len()).sum::<usize>());
        for (index, one) in rects.iter().enumerate() {
            for other in rects.iter().skip(index + 1) {
                prop_assert!(!meet(one, other), "{one:?} and {other:?}");
            }
            for piece in &pieces {
                prop_assert!(!meet(one, &(piece.0, piece.1, piece.2 + 1, piece.3 + 1))
                    || piece.0 == one.2 || piece.2 == one.0 || piece.1 == one.3 || piece.3 == one.1,
                    "{one:?} and {piece:?}");
            }
        }
        let (wide, tall) = (number(&svg, "width"), number(&svg, "height"));
        let texts = svg.lines().filter(|it| it.starts_with("<text"));
        prop_assert!(texts.clone().all(|it| it.contains("textLength")));
        for line in texts {
            let (x, y, long) = (number(line, "x"), number(line, "y"), number(line, "textLength"));
            prop_assert!(x + long <= wide && y <= tall);
            let inside = rects.iter().find(|it| it.0 <= x && x < it.2 && it.1 < y && y <= it.3);
            prop_assert!(inside.is_none_or(|it| x + long <= it.2 && y <= it.3), "{line}");
        }
    }
}

/// What a user writes stands in the files as text and as nothing else.
#[test]
fn what_a_user_writes_is_escaped() {
    assert_eq!(
        escaped("<a href=\"x\">'&\u{202e}"),
        "&lt;a href=&quot;x&quot;&gt;&#39;&amp;\u{fffd}"
    );
    let items = imc4087::cli::load::pack();
    let item = items.iter().find(|it| it.file.path.ends_with("/only-protocol.toml")).unwrap();
    let mut scenario = item.played.as_ref().unwrap().scenario.clone();
    let evil = "\"/><script>alert(1)</script>&\\\u{1b}[31m".to_owned();
    scenario.title.clone_from(&evil);
    scenario.names.shares[0].name.clone_from(&evil);
    let report = report(&scenario, vec![vec![Change::Do { at: 2, actions: Vec::new() }]]);
    let svg = picture(&lanes(&report), &report.title, &evil);
    let html = page(&report);
    for text in [&svg, &html] {
        assert!(!text.contains("<script") && !text.contains('\u{1b}'), "{text}");
        assert!(text.contains("&lt;script&gt;"), "{text}");
    }
    let graph = dot::graph(&lanes(&report), &report.title);
    assert!(graph.contains("\\\"/><script>") && graph.contains("&\\\\"), "{graph}");
    for line in graph.lines().filter(|it| it.contains("label")) {
        let quotes = line.replace("\\\\", "").replace("\\\"", "").matches('"').count();
        assert_eq!(quotes % 2, 0, "{line}");
    }
}

/// All text of a file, as one line without marks.
fn words(text: &str) -> String {
    let mut out = String::new();
    let mut inside = true;
    for it in text.chars() {
        match it {
            '<' => inside = false,
            '>' => inside = true,
            _ if inside => out.push(if it == '\n' { ' ' } else { it }),
            _ => {}
        }
    }
    let out = out.replace("\\l", " ").replace("&quot;", "\"");
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is hidden, where it differs first, and which rule of which source made the difference, are told in every
/// picture, and a changed history line by line.
#[test]
fn a_picture_says_what_differs_and_why() {
    let items = imc4087::cli::load::pack();
    let item = items.iter().find(|it| it.file.path.ends_with("/upgrade-service-pack.toml"));
    let scenario = &item.unwrap().played.as_ref().unwrap().scenario;
    let damaged = HostFact::Damaged(Components::EMPTY.with(Component::Tcpip));
    let history = scenario.history.as_ref().unwrap();
    let text = "upgrade => remove macintosh, restart, upgrade";
    let edit = history_edit(text, history, &scenario.names).unwrap();
    let report = report(
        scenario,
        vec![
            vec![Change::Fact(damaged)],
            vec![Change::History(edit)],
            vec![Change::Fact(HostFact::Shares(false))],
        ],
    );
    let lanes = lanes(&report);
    let svg = words(&picture(&lanes, &report.title, &report.path));
    let html = words(&page(&report));
    let dot = words(&dot::graph(&lanes, &report.title));
    for (kind, text) in [("svg", &svg), ("html", &html), ("dot", &dot)] {
        for told in [
            "hidden: disk: damaged macintosh; memory:",
            "hidden: disk: damaged tcpip; memory:",
            "▶ first difference",
            "▶ otherwise from here on: what if",
            "why: rule failing-component-stops-registration (article, CAUSE)",
            "why: rule upgrade-damages-macintosh (article, CAUSE,",
            "why: no rule; the host differs",
            "h5 remove macintosh, h6 restart, h7 upgrade",
            "restarts before: 3",
        ] {
            assert!(text.contains(told), "{kind}: {told}\n{text}");
        }
    }
    for section in ["First difference", "Balance", "What made the difference"] {
        let page = page(&report);
        let part = page.split(&format!("<h2>{section}</h2>")).nth(1).unwrap_or_default();
        let part = part.split("<h2>").next().unwrap();
        assert!(part.to_lowercase().contains("what if 2"), "{section}: {part}");
    }
    assert!(html.contains("without it both come to the same: repaired"), "{html}");
    assert!(svg.contains("another first host or history") && svg.contains("× refused"), "{svg}");
}

/// A tree with branches that begin alike, another first host, and a change that makes no difference, written to
/// files of this kind in a folder of its own.
fn written(kind: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("imc4087-{}-tree", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("tree.{kind}"));
    let ran = imc4087(&[
        "what-if",
        "scenarios/upgrade-service-pack.toml",
        "--each",
        "--at",
        "5",
        "--do",
        "restart, start imc",
        "--at",
        "5",
        "--do",
        "restart, start imc, apply service pack 3, restart, start imc",
        "--at",
        "3",
        "--do",
        "install dlc",
        "--history",
        "upgrade => remove macintosh, restart, upgrade",
        "--without",
        "cd-files-fail-under-service-pack",
        "--report",
        &format!("{kind}={}", file.display()),
    ]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    file
}

#[test]
fn a_tree_as_dot_reads_as_reviewed() {
    let text = fs::read_to_string(written("dot")).unwrap();
    crate::pack::snapshots().bind(|| insta::assert_snapshot!("what-if-dot", text));
}

#[test]
fn a_command_says_which_pictures_it_does_not_draw() {
    for arguments in [["verify", "--format", "svg"], ["run", "--format", "html"]] {
        let ran = imc4087(&arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.err.contains("plain"), "{}", ran.err);
    }
}

/// The browser of this machine.
fn browser() -> Option<&'static str> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    names.into_iter().find(|it| Command::new(it).arg("--version").output().is_ok())
}

/// What the browser makes of a file, after its scripts.
fn opened(file: &std::path::Path) -> String {
    let profile = file.with_extension("profile");
    let output = Command::new(browser().expect("this test needs chromium or chrome on the path"))
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .args(["--window-size=1200,900", "--dump-dom"])
        .arg(format!("file://{}", file.display()))
        .current_dir(root())
        .output()
        .unwrap();
    fs::remove_dir_all(profile).ok();
    String::from_utf8(output.stdout).unwrap()
}

/// A real browser opens both files, shows all of their text, lays every line of the picture inside its box, and
/// never makes a page wider than its window.
#[test]
#[ignore = "needs chromium; .ci/run runs it where there is one"]
fn a_browser_opens_the_picture_and_the_page() {
    let svg = opened(&written("svg"));
    assert!(svg.contains("<svg") && !svg.contains("parsererror"), "{svg}");
    let page = written("html");
    let measured = "<script>
        const boxes = [...document.querySelectorAll('rect.node')].map(it => it.getBoundingClientRect());
        const over = [...document.querySelectorAll('text[textLength]')].filter(it => {
            const text = it.getBoundingClientRect();
            const middle = (text.top + text.bottom) / 2;
            const own = boxes.find(it => it.left <= text.left && text.left < it.right
                && it.top <= middle && middle <= it.bottom);
            return text.width < 1 || own && text.right > own.right;
        });
        const wide = document.documentElement.scrollWidth > window.innerWidth;
        document.title = `boxes ${boxes.length}, text outside ${over.length}, page too wide ${wide}`;
        </script>";
    let text = fs::read_to_string(&page).unwrap();
    fs::write(&page, text.replace("</body>", &format!("{measured}</body>"))).unwrap();
    let html = opened(&page);
    let boxes = html.matches("<rect class=\"node").count();
    assert!(boxes > 20, "{html}");
    let title = format!("<title>boxes {boxes}, text outside 0, page too wide false</title>");
    assert!(html.contains(&title), "{}", &html[..600]);
    for text in ["5. apply service pack 3", "no difference", "what if 4: line h5 of the history"] {
        assert!(svg.contains(text) && html.contains(text), "{text}");
    }
    for text in ["<h2>What made the difference</h2>", "<ol start=\"5\">", "no-mixed-boot"] {
        assert!(html.contains(text), "{text}");
    }
}
