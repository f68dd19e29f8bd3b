//! Work cut into pieces and dealt to threads; the results do not depend on how many there are.

use std::panic::resume_unwind;
use std::thread;

/// The results of `work` on the pieces from 0 to `pieces`, in their order.
pub fn dealt<T: Send>(pieces: usize, threads: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    if threads <= 1 {
        return (0..pieces).map(work).collect();
    }
    let work = &work;
    let mut done: Vec<(usize, T)> = thread::scope(|scope| {
        let deal = |first: usize| {
            let mine = (first..pieces).step_by(threads);
            move || mine.map(|it| (it, work(it))).collect::<Vec<_>>()
        };
        let workers: Vec<_> = (0..threads).map(|it| scope.spawn(deal(it))).collect();
        workers
            .into_iter()
            .flat_map(|it| it.join().unwrap_or_else(|cause| resume_unwind(cause)))
            .collect()
    });
    done.sort_by_key(|(piece, _)| *piece);
    done.into_iter().map(|(_, it)| it).collect()
}
