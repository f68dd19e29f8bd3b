//! Words that every message needs.

/// `count` and the noun in the right number: `1 scenario`, `2 scenarios`.
pub fn count(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// `count` with a comma before every third digit from the end: `24,960`.
pub fn thousands(count: impl Into<u128>) -> String {
    let digits = count.into().to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The items with commas and a last `and`: `a, b and c`; `nothing` for none.
pub fn list<S: AsRef<str>>(items: &[S]) -> String {
    joined(items, "and")
}

/// The items with commas and a last `or`.
pub fn either<S: AsRef<str>>(items: &[S]) -> String {
    joined(items, "or")
}

fn joined<S: AsRef<str>>(items: &[S], last: &str) -> String {
    match items {
        [] => "nothing".to_owned(),
        [only] => only.as_ref().to_owned(),
        [most @ .., end] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} {last} {}", most.join(", "), end.as_ref())
        }
    }
}

/// The items in backticks, with commas and a last `or`.
pub fn quoted_either<S: AsRef<str>>(items: &[S]) -> String {
    let quoted: Vec<String> = items.iter().map(|it| format!("`{}`", it.as_ref())).collect();
    either(&quoted)
}

/// The candidate that `word` was probably meant to be: one letter in three may be wrong, or the end
/// missing; none where nothing is near, and none for a number.
pub fn near<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.trim().to_lowercase();
    if !word.chars().any(char::is_alphabetic) {
        return None;
    }
    let letters = word.chars().count();
    let limit = (letters / 3).max(1);
    let distance = |it: &str| {
        let it = it.to_lowercase();
        if word.len() > 2 && it.starts_with(&word) {
            limit
        } else {
            // The difference in length is the least that a distance can be, and costs nothing.
            let least = it.chars().count().abs_diff(letters);
            if least > limit { least } else { strsim::damerau_levenshtein(&word, &it) }
        }
    };
    candidates
        .into_iter()
        .map(|it| (distance(it), it))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, it)| it)
}

/// The question that suggests `word`.
pub fn did_you_mean(word: &str) -> String {
    format!("did you mean `{word}`?")
}

/// What would be right instead of `word`: the near candidate, else all of them.
pub fn instead(word: &str, candidates: &[&str]) -> String {
    match near(word, candidates.iter().copied()) {
        Some(meant) => did_you_mean(meant),
        None => format!("one of {}", quoted_either(candidates)),
    }
}

/// `text` cut to at most `max` characters, with a mark where something is missing, and fit to be
/// shown.
pub fn clipped(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return shown(text);
    }
    let kept: String = text.chars().take(max.saturating_sub(3)).collect();
    format!("{}...", shown(&kept))
}

/// Whether a terminal obeys `it` instead of showing it, or no XML file can hold it: a control
/// character, one that turns the direction of writing, or no character at all.
pub fn is_hidden(it: char) -> bool {
    it.is_control()
        || matches!(it, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}'..='\u{ffff}')
}

/// `text` on one line, with a sign for each character that a terminal would obey.
pub fn shown(text: &str) -> String {
    let sign = |it: char| match it {
        '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(it)).unwrap_or(' '),
        '\u{7f}' => '\u{2421}',
        _ if is_hidden(it) => char::REPLACEMENT_CHARACTER,
        _ => it,
    };
    text.chars().map(sign).collect()
}

/// Ascending `numbers` as a list, three or more in a row as `2 to 9`.
pub fn numbers(numbers: &[usize]) -> String {
    let rows = numbers.chunk_by(|one, next| one + 1 == *next);
    let parts: Vec<String> = rows
        .flat_map(|row| match row {
            [first, .., last] if row.len() > 2 => vec![format!("{first} to {last}")],
            _ => row.iter().map(ToString::to_string).collect(),
        })
        .collect();
    list(&parts)
}

/// `word` as one argument for a shell: as it is where that is enough, else in quotes.
pub fn shell_word(word: &str) -> String {
    let plain = |it: char| it.is_alphanumeric() || "/\\._-+=:,@%".contains(it);
    let quiet = |it: char| plain(it) || " ()[]{}&;'~#<>|*?^".contains(it);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else if word.chars().all(quiet) {
        format!("\"{word}\"")
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
