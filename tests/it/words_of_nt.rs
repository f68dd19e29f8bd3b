//! What is typed in the words of Windows NT, and what it answers in NT's own.

use crate::grading::lesson;
use crate::training::typed;
use imc4087::train::grade::Grade;
use imc4087::train::grade::Item;
use imc4087::train::session::Session;

/// The last answer after `lines`.
fn answer(lines: &[&str]) -> String {
    let mut session = Session::new(lesson("components = [\"tcpip\"]\ndamaged = [\"tcpip\"]"));
    let mut text = String::new();
    for line in lines {
        text = session.answer(line).text;
    }
    text
}

const LOST: [&str; 4] = ["remove tcpip", "yes", "install tcpip", "yes"];

#[test]
fn net_share_takes_quotes_and_switches() {
    for line in [
        r#"net share Public="D:\Public" /remark:"x y""#,
        r"net share Public=D:\Public /unlimited",
        r#"net share "Public"=D:\Public"#,
        r"NET  SHARE  public=d:\public\",
    ] {
        let text = answer(&[&LOST[..], &[line]].concat());
        assert_eq!(text, "Public was shared successfully.\n", "{line}");
    }
    let elsewhere = answer(&[&LOST[..], &[r#"net share Public="D:\My files" /users:5"#]].concat());
    assert!(elsewhere.contains(r"would share D:\My files under that name"), "{elsewhere}");
}

#[test]
fn what_is_shared_already_is_no_refused_act() {
    let text = answer(&[r"net share Public=D:\Public"]);
    assert_eq!(
        text,
        "The name has already been shared.\n\nMore help is available by typing NET HELPMSG 2118.\n"
    );
    let session = typed(&lesson("components = [\"tcpip\"]"), &[r"net share Public=D:\Public"]);
    assert!(Grade::of(&session).holds(Item::Refused) && session.turns().is_empty());
}

#[test]
fn net_share_shows_one_share() {
    let text = answer(&["net share public"]);
    assert!(text.starts_with("Share name        Public\nPath              D:\\Public\n"), "{text}");
    assert!(answer(&["net share Nothing"]).contains("NET HELPMSG 2310"));
    assert!(answer(&[&LOST[..], &["net share Public"]].concat()).contains("does not exist"));
    assert!(answer(&["net share Public /delete"]).contains("No share is taken away"));
}

#[test]
fn net_stop_names_what_depends_on_the_service() {
    let text = answer(&["net stop lanmanserver"]);
    for part in [
        "The following services are dependent on the Server service.",
        "\n   Computer Browser\n",
        "(Y/N) [N]: N",
        "(The Server service goes on running",
    ] {
        assert!(text.contains(part), "{text}");
    }
    assert!(!answer(&["net stop Spooler"]).contains("dependent"));
    assert!(answer(&["net stop snmp"]).contains("The service name is invalid."));
}

#[test]
fn spaces_between_words_do_not_matter() {
    assert!(answer(&["remove   TCP/IP   Protocol"]).contains("was removed"));
}
