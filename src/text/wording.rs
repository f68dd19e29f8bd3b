//! Words that every message needs.

/// `count` and the noun in the right number: `1 scenario`, `2 scenarios`.
pub fn count(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
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
/// missing; none where nothing is near.
pub fn near<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.trim().to_lowercase();
    let limit = (word.chars().count() / 3).max(1);
    let distance = |it: &str| {
        let it = it.to_lowercase();
        let begun = word.len() > 2 && it.starts_with(&word);
        if begun { limit } else { strsim::damerau_levenshtein(&word, &it) }
    };
    candidates
        .into_iter()
        .map(|it| (distance(it), it))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, it)| it)
}

/// What would be right instead of `word`: the near candidate, else all of them.
pub fn instead(word: &str, candidates: &[&str]) -> String {
    match near(word, candidates.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("one of {}", quoted_either(candidates)),
    }
}

/// `text` cut to at most `max` characters, with a mark where something is missing, and without
/// control characters.
pub fn clipped(text: &str, max: usize) -> String {
    let clean = |it: char| if it.is_control() { ' ' } else { it };
    if text.chars().count() <= max {
        return text.chars().map(clean).collect();
    }
    let kept: String = text.chars().take(max.saturating_sub(3)).map(clean).collect();
    format!("{kept}...")
}
