//! Waiting for what a screen is to show.

use pmi_core::screens::Screen;

/// The first record from now on of which this holds. Fails with the last one if the screen ends before.
pub(crate) async fn until<R, I>(screen: &mut Screen<R, I>, holds: impl Fn(&R) -> bool) -> R
where
    R: Clone + Send + Sync + std::fmt::Debug + 'static,
    I: 'static,
{
    let mut last = None;
    while let Some(record) = screen.next().await {
        if holds(&record) {
            return record;
        }
        last = Some(record);
    }
    panic!("the screen ended at {last:#?}");
}

/// The record of now if this holds of it, else the first one of which it does.
pub(crate) async fn seen<R, I>(screen: &mut Screen<R, I>, holds: impl Fn(&R) -> bool) -> R
where
    R: Clone + Send + Sync + std::fmt::Debug + 'static,
    I: 'static,
{
    let now = screen.now();
    if holds(&now) {
        return now;
    }
    until(screen, holds).await
}

/// Holds, and goes on to hold when whatever is under way has had its turn.
pub(crate) async fn is_still<R, I>(screen: &Screen<R, I>, holds: impl Fn(&R) -> bool)
where
    R: Clone + Send + Sync + 'static,
    I: 'static,
{
    for _ in 0..1_000 {
        assert!(holds(&screen.now()));
        tokio::task::yield_now().await;
    }
}
