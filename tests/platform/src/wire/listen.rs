//! The accept loop, and one task per connection.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinSet;

use super::connection::Connection;
use super::exchange;
use crate::app::App;
use crate::config::Dialect;

/// After how long an idle connection is closed. v1's is part of its contract; v2's only saves sockets.
fn idle(dialect: Dialect) -> Duration {
    match dialect {
        Dialect::V1 => Duration::from_secs(5),
        Dialect::V2 => Duration::from_secs(60),
    }
}

/// Accepts until the server stops, then returns once every connection has ended.
pub(crate) async fn listen(app: Arc<App>, listener: TcpListener) {
    let mut connections = JoinSet::new();
    let mut stopping = app.stopping.subscribe();
    loop {
        let idle = connections.is_empty();
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) if *app.network.borrow() => {
                    connections.spawn(serve(Arc::clone(&app), stream));
                }
                Ok((stream, _)) => drop(stream),
                Err(error) => {
                    tracing::warn!(%error, "accept failed");
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
            },
            Some(_) = connections.join_next() => {}
            // While connections drain, new ones are still answered, with 503.
            _ = stopped(&mut stopping, idle) => return,
        }
    }
}

/// Returns once the server is stopping and nothing is connected.
async fn stopped(stopping: &mut tokio::sync::watch::Receiver<bool>, idle: bool) {
    if stopping.wait_for(|stopping| *stopping).await.is_ok() && !idle {
        std::future::pending::<()>().await;
    }
}

async fn serve(app: Arc<App>, stream: TcpStream) {
    let Ok(peer) = stream.peer_addr() else { return };
    // Without it a small answer waits for the client's delayed acknowledgement.
    let _ = stream.set_nodelay(true);
    let connection = Connection {
        cut: Arc::default(),
        finish: Arc::default(),
        closing: Arc::default(),
        peer: peer.ip(),
    };
    let (cut, finish): (Arc<Notify>, Arc<Notify>) =
        (Arc::clone(&connection.cut), Arc::clone(&connection.finish));
    let mut network = app.network.subscribe();
    let mut stopping = app.stopping.subscribe();
    let idle = idle(app.live().dialect);
    let service = service_fn(move |request| {
        let (app, connection) = (Arc::clone(&app), connection.clone());
        async move {
            // A request that was read when the network was cut already: its connection is about to end.
            if !*app.network.borrow() {
                std::future::pending::<()>().await;
            }
            Ok::<_, Infallible>(exchange::run(app, connection, request).await)
        }
    });
    let mut serving = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            // What the server answers is dated by its own clock, and an answer of a fault's by nobody.
            .auto_date_header(false)
            .header_read_timeout(idle)
            .serve_connection(TokioIo::new(stream), service)
    );
    let mut draining = false;
    loop {
        tokio::select! {
            biased;
            _ = network.wait_for(|up| !up) => return,
            ended = serving.as_mut() => {
                if let Err(error) = ended {
                    tracing::debug!(%error, "connection ended");
                }
                return;
            }
            () = cut.notified() => return,
            () = finish.notified() => serving.as_mut().graceful_shutdown(),
            _ = stopping.wait_for(|stopping| *stopping), if !draining => {
                draining = true;
                serving.as_mut().graceful_shutdown();
            }
        }
    }
}
