//! Exact conditions: the shortest description of a set of cases in facts that a reader knows.

use super::facts::Fact;
use super::facts::Group;
use super::facts::pieces;
use super::facts::vocabulary;
use super::family::Family;
use super::world::World;
use crate::model::host::Host;
use crate::model::runbook::Runbook;

/// Cases that agree on every fact: the facts as bits in the order of the vocabulary, how many they
/// are, and the findings that they belong to, as bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// Which facts hold.
    pub facts: u64,
    /// Which findings the cases belong to.
    pub findings: u64,
    /// The number of cases.
    pub cases: u64,
}

/// A condition in disjunctive form: it holds where all facts of any of its terms are as given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The terms, those that cover most cases first; each a list of facts and whether they hold. A
    /// term without facts always holds.
    pub terms: Vec<Vec<(Fact, bool)>>,
    /// The groups of facts that do not matter.
    pub irrelevant: Vec<Group>,
    /// The number of cases inside that belong to the finding: all of them.
    pub inside: u64,
    /// The number of cases outside, none of which belongs to it.
    pub outside: u64,
}

impl Row {
    /// Adds the cases of `host` with a damage of `family`, all of which belong to `findings`.
    pub fn add(rows: &mut Vec<Self>, facts: &[Fact], host: &Host, family: &Family, findings: u64) {
        const ROWS_MAX: usize = 1_000_000;
        for piece in pieces(family, facts) {
            let holds = |(at, fact): (usize, &Fact)| u64::from(fact.holds(host, &piece)) << at;
            let facts = facts.iter().enumerate().map(holds).sum();
            rows.push(Self { facts, findings, cases: piece.count() });
        }
        if rows.len() > ROWS_MAX {
            *rows = merged(std::mem::take(rows));
        }
    }
}

/// Exact conditions for findings 0 to `count`, in order; `table` gives all cases as rows of facts. None
/// for a finding that the vocabulary does not decide.
pub fn conditions(
    count: usize,
    runbooks: &[&Runbook],
    world: &World,
    table: impl Fn(&[Fact]) -> Vec<Row>,
) -> Vec<Option<Condition>> {
    let mut conditions: Vec<Option<Condition>> = vec![None; count];
    if count > 64 {
        return conditions;
    }
    for one_by_one in [false, true] {
        let facts = vocabulary(runbooks, world.catalogue(), world.damageable(), one_by_one);
        if facts.len() > 63 || conditions.iter().all(Option::is_some) {
            continue;
        }
        let rows = table(&facts);
        for (index, condition) in conditions.iter_mut().enumerate() {
            if condition.is_none() {
                *condition = exact(&rows, &facts, 1 << index);
            }
        }
    }
    conditions
}

/// Rows of one kind put together, sorted.
pub fn merged(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort_unstable();
    rows.dedup_by(|next, kept| {
        let same = next.facts == kept.facts && next.findings == kept.findings;
        if same {
            kept.cases += next.cases;
        }
        same
    });
    rows
}

/// The rows on the facts of `mask` only, for the finding at `bit`; none where they do not decide it.
fn projected(rows: &[Row], mask: u64, bit: u64) -> Option<Vec<Row>> {
    let project = |it: &Row| Row { facts: it.facts & mask, findings: it.findings & bit, ..*it };
    let rows = merged(rows.iter().map(project).collect());
    let conflict = rows.windows(2).any(|pair| matches!(pair, [a, b] if a.facts == b.facts));
    (!conflict).then_some(rows)
}

/// Whether two rows differ in the fact at `bit`, in no other fact, and in the finding. The rows are sorted, and
/// no two of them have the same facts.
fn matters(rows: &[Row], bit: u64) -> bool {
    let other = |row: &Row| {
        let found = rows.binary_search_by_key(&(row.facts ^ bit), |it| it.facts);
        found.ok().and_then(|at| rows.get(at)).is_some_and(|it| it.findings != row.findings)
    };
    rows.iter().filter(|it| it.facts & bit != 0).any(other)
}

/// The exact condition of the finding at `bit`, in as few facts as going through the vocabulary once
/// leaves; none where the vocabulary does not decide it.
///
/// Exact: the rows are all cases, and no two of one cell disagree.
///
/// # Panics
///
/// Where the count of the cases that the condition covers is not that of the finding: our mistake.
pub fn exact(rows: &[Row], facts: &[Fact], bit: u64) -> Option<Condition> {
    let mut mask = (1u64 << facts.len()) - 1;
    let mut rows = projected(rows, mask, bit)?;
    for index in 0..facts.len() {
        let without = mask & !(1 << index);
        if matters(&rows, 1 << index) {
            continue;
        }
        if let Some(fewer) = projected(&rows, without, bit) {
            mask = without;
            rows = fewer;
        }
    }
    let terms = terms(&rows, mask);
    let used = terms.iter().fold(0, |all, (mask, _)| all | mask);
    let covered = |row: &&Row| terms.iter().any(|(mask, value)| row.facts & mask == *value);
    let inside: u64 = rows.iter().filter(covered).map(|it| it.cases).sum();
    let total: u64 = rows.iter().map(|it| it.cases).sum();
    let failing: u64 = rows.iter().filter(|it| it.findings != 0).map(|it| it.cases).sum();
    assert_eq!(inside, failing, "a condition covers the cases of its finding and no others");
    let words = |(mask, value): &(u64, u64)| {
        let chosen = facts.iter().enumerate().rev().filter(|(at, _)| mask >> at & 1 == 1);
        chosen.map(|(at, fact)| (*fact, value >> at & 1 == 1)).collect()
    };
    let group_matters = |group: Group| {
        let mut used_facts = facts.iter().enumerate().filter(|(at, _)| used >> at & 1 == 1);
        used_facts.any(|(_, it)| it.group() == group)
    };
    // Services that no runbook names are not in the vocabulary, because they never matter.
    let known =
        |group: &Group| *group == Group::Services || facts.iter().any(|it| it.group() == *group);
    let damage_matters = group_matters(Group::WhichDamaged);
    let count_matters = group_matters(Group::WhichProtocols);
    let irrelevant = Group::ALL
        .into_iter()
        .filter(|it| known(it) && !group_matters(*it))
        .filter(|it| !(*it == Group::Damage && damage_matters))
        .filter(|it| !(*it == Group::ProtocolCount && count_matters))
        .collect();
    let terms = terms.iter().map(words).collect();
    Some(Condition { terms, irrelevant, inside, outside: total - inside })
}

/// Terms that cover every row of the finding and no other: each as wide as it can be made by dropping
/// facts in order, cells that no case has counting for either side.
fn terms(rows: &[Row], mask: u64) -> Vec<(u64, u64)> {
    let holds = |it: &Row| it.findings != 0;
    let clean = |mask: u64, value: u64| {
        !rows.iter().any(|row| !holds(row) && row.facts & mask == value & mask)
    };
    let mut terms: Vec<(u64, u64)> = Vec::new();
    for row in rows.iter().filter(|it| holds(it)) {
        if terms.iter().any(|(mask, value)| row.facts & mask == *value) {
            continue;
        }
        let mut kept = mask;
        for at in 0..64 {
            let fewer = kept & !(1 << at);
            if fewer != kept && clean(fewer, row.facts) {
                kept = fewer;
            }
        }
        terms.push((kept, row.facts & kept));
    }
    // A term whose rows the others cover is not needed.
    for index in (0..terms.len()).rev() {
        let needed = rows.iter().filter(|it| holds(it)).any(|row| {
            let fits = |(_, (mask, value)): &(usize, &(u64, u64))| row.facts & mask == *value;
            !terms.iter().enumerate().filter(|(at, _)| *at != index).any(|it| fits(&it))
        });
        if !needed {
            terms.remove(index);
        }
    }
    let cases = |(mask, value): &(u64, u64)| -> u64 {
        rows.iter().filter(|row| row.facts & mask == *value).map(|it| it.cases).sum()
    };
    terms.sort_by_key(|it| std::cmp::Reverse(cases(it)));
    terms
}
