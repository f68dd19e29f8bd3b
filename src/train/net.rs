//! The NET commands: their texts, word for word where a document gives them.

use super::screen::Screen;
use crate::model::start::StartFailure;

/// The message of Windows NT with this number, as `net helpmsg` shows it; none where this program does
/// not know the text.
///
/// # Source
///
/// F149, F150, F151; 2118 and 2310 as later versions of Windows word them.
pub const fn message(number: u16) -> Option<&'static str> {
    Some(match number {
        1068 => StartFailure::ServerNotRunning.error_text(),
        1075 => StartFailure::TcpipMissing.error_text(),
        2114 => "The Server service is not started.",
        2118 => "The name has already been shared.",
        2140 => StartFailure::NotRegistered.error_text(),
        2182 => "The requested service has already been started.",
        2184 => "The service has not been started.",
        2185 => "The service name is invalid.",
        2310 => "This shared resource does not exist.",
        3500 => "The command completed successfully.",
        3502 => "System error *** has occurred.",
        3520 => "These Windows NT services are started:",
        3521 => "The *** service is not started.",
        3522 => "The *** service is starting.",
        3523 => "The *** service could not be started.",
        3524 => "The *** service was started successfully.",
        3530 => {
            "The following services are dependent on the *** service. Stopping the *** service will also stop these services."
        }
        3534 => "The service did not report an error.",
        _ => return None,
    })
}

/// The numbers of the messages that this program knows, ascending.
pub const MESSAGES: [u16; 18] = [
    1068, 1075, 2114, 2118, 2140, 2182, 2184, 2185, 2310, 3500, 3502, 3520, 3521, 3522, 3523, 3524,
    3530, 3534,
];

/// What `net helpmsg` answers.
pub fn helpmsg(number: u16) -> String {
    match message(number) {
        Some(text) if number == 2140 => format!(
            "\n{text}\n\nEXPLANATION\n\nA software error occurred.\n\nACTION\n\nContact technical support.\n"
        ),
        Some(text) => format!("\n{text}\n"),
        None => format!(
            "\n(This trainer knows the texts of the messages {}.)\n",
            MESSAGES.map(|it| it.to_string()).join(", ")
        ),
    }
}

/// The text of message `number` and where its help is, as NET ends when something is wrong.
pub fn wrong(number: u16) -> String {
    let text = message(number).unwrap_or_default();
    format!("{text}\n\nMore help is available by typing NET HELPMSG {number}.\n")
}

/// What `net start` without a name answers.
pub fn started(screen: &Screen<'_>) -> String {
    let mut out = String::from("These Windows NT services are started:\n\n");
    for (name, started) in screen.services() {
        if started {
            out.push_str(&format!("   {name}\n"));
        }
    }
    out + "\nThe command completed successfully.\n"
}

/// What `net start` answers when it starts `service` and that comes to `failure`.
pub fn starting(service: &str, failure: Option<StartFailure>) -> String {
    match failure {
        None => format!(
            "The {service} service is starting.\nThe {service} service was started successfully.\n"
        ),
        Some(StartFailure::NotRegistered) => format!(
            "The {service} service is starting.\nThe {service} service could not be started.\n\n{}",
            wrong(2140)
        ),
        Some(
            failure @ (StartFailure::ServerNotRunning
            | StartFailure::RpcMissing
            | StartFailure::TcpipMissing),
        ) => {
            format!("System error {} has occurred.\n\n{}\n", failure.error(), failure.error_text())
        }
    }
}

/// What the Services tool shows when it starts `service` on `computer` and that comes to `failure`.
pub fn in_the_tool(service: &str, computer: &str, failure: Option<StartFailure>) -> String {
    match failure {
        None => format!("Services: {service}: Started\n"),
        Some(failure) => format!(
            "Could not start the {service} service on \\\\{computer}.\nError {:04}: {}\n",
            failure.error(),
            failure.error_text()
        ),
    }
}

/// What `net share NAME` answers.
///
/// # Source
///
/// F152.
pub fn shared(screen: &Screen<'_>, name: &str) -> String {
    if !screen.server_started() {
        return wrong(2114);
    }
    let found = screen.shared().into_iter().find(|(it, ..)| it.eq_ignore_ascii_case(name));
    let Some((name, path, remark)) = found else { return wrong(2310) };
    let row = |head: &str, text: &str| format!("{head:<18}{text}").trim_end().to_owned() + "\n";
    row("Share name", &name)
        + &row("Path", &path)
        + &row("Remark", &remark)
        + &row("Maximum users", "No limit")
        + "The command completed successfully.\n"
}
