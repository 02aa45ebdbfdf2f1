//! One call: attempts, waits and redirects until there is an answer or no use in another attempt.
//!
//! Promises and limits are the module's (`transport`). Here they meet: what an attempt came to is judged by `classify`, how
//! long to wait by `schedule`, whether anybody may send at all by `restraint`.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use http::{HeaderMap, Method, StatusCode, header};

use super::classify::{Again, Event, Later, Verdict, classify};
use super::exchange::{Answer, Exchange, Outcome};
use super::redirect::{Redirect, judge};
use super::request::Envelope;
use super::restraint::{Restraint, Standing};
use super::retry_after::retry_after;
use super::schedule::{Schedule, full_jitter, half_jitter};
use super::server_clock::{Sample, ServerClock};
use super::{Fault, Origin, TransportConfig, TransportError};
use crate::api::{Replay, Tries, WireAnswer, WireRequest};
use crate::audit::Audit;
use crate::error::OfflineReason;
use crate::model::{TransportDecision, WaitCause};
use crate::ports::{NetworkError, Ports};

/// How often a connection is tried to be made when something else can be shown.
const HURRIED: u32 = 2;

/// Sends requests to one origin. Calls run side by side; they share a cool-down and a retry budget.
pub(crate) struct Transport {
    ports: Ports,
    origin: Origin,
    config: TransportConfig,
    restraint: Restraint,
    audit: Audit,
    server_clock: ServerClock,
}

/// A call on its way.
struct Call<'a> {
    replay: Replay,
    /// After failures and server faults, the first included.
    max_attempts: u32,
    /// The same, while there is no connection.
    max_unsent: u32,
    path: &'a str,
    envelope: Envelope,
    deadline: Duration,
    /// Requests sent, redirects included.
    sent: u32,
    failures: u32,
    deferrals: u32,
    plain_500s: u32,
    redirects: u32,
    backoff: Schedule,
    limiter: Schedule,
    /// Id of the last attempt.
    request_id: Option<String>,
    maybe_applied: bool,
}

/// What follows an attempt.
enum Next {
    Done(Result<WireAnswer, TransportError>),
    Again,
}

impl Transport {
    pub(crate) fn new(ports: Ports, origin: Origin, config: TransportConfig, audit: Audit) -> Self {
        let server_clock = ServerClock::new(Arc::clone(&ports.clock));
        Self {
            ports,
            origin,
            config,
            restraint: Restraint::default(),
            audit,
            server_clock,
        }
    }

    /// The server's clock as its answers tell it.
    pub(crate) fn server_clock(&self) -> &ServerClock {
        &self.server_clock
    }

    /// Cool-down and retry budget, to be kept over a restart (scenario 16).
    #[cfg_attr(
        not(test),
        expect(
            dead_code,
            reason = "kept over restarts once the durable file holds the cool-down"
        )
    )]
    pub(crate) fn standing(&self) -> Standing {
        self.restraint.standing(&*self.ports.clock)
    }

    /// Goes on where an earlier process stopped.
    #[cfg_attr(
        not(test),
        expect(
            dead_code,
            reason = "kept over restarts once the durable file holds the cool-down"
        )
    )]
    pub(crate) fn restore(&self, standing: &Standing) {
        self.restraint
            .restore(standing, &*self.ports.clock, self.config.max_retry_after);
    }

    /// Sends the request and returns the answer, whatever its status, if it is JSON or empty.
    ///
    /// `access_token` is used only if the request asks for it, and must then be there. Dropping the future ends the
    /// exchange; whether the server has acted is then unknown.
    pub(crate) async fn send(
        &self,
        request: &WireRequest,
        access_token: Option<&str>,
    ) -> Result<WireAnswer, TransportError> {
        let envelope = Envelope::new(&self.origin, request, access_token, &*self.ports.random)
            .map_err(TransportError::unsent)?;
        let config = &self.config;
        let (max_attempts, total) = match request.tries {
            Tries::AsConfigured | Tries::Hurried => (config.max_attempts, config.total),
            // No call may outlast the leases, whatever its caller thinks.
            Tries::Once { total } => (1, total.min(config.total)),
        };
        let mut call = Call {
            replay: request.replay,
            max_attempts,
            max_unsent: match request.tries {
                Tries::Hurried => max_attempts.min(HURRIED),
                Tries::AsConfigured | Tries::Once { .. } => max_attempts,
            },
            path: &request.path,
            envelope,
            deadline: self.now().saturating_add(total),
            sent: 0,
            failures: 0,
            deferrals: 0,
            plain_500s: 0,
            redirects: 0,
            backoff: Schedule::new(config.backoff_initial, config.backoff_ceiling),
            limiter: Schedule::new(config.limiter_initial, config.backoff_ceiling),
            request_id: None,
            maybe_applied: false,
        };
        loop {
            self.await_cool_down(&call).await?;
            let outcome = self.attempt(&mut call).await;
            if let Next::Done(result) = self.judge(&mut call, outcome).await {
                return result;
            }
        }
    }

    fn now(&self) -> Duration {
        self.ports.clock.elapsed()
    }

    /// Waits until the origin may be asked, or fails if that is not before the deadline.
    async fn await_cool_down(&self, call: &Call<'_>) -> Result<(), TransportError> {
        while let Some(left) = self.restraint.cooling(self.now()) {
            // Those who waited together must not come back together.
            let jitter = full_jitter(&*self.ports.random, self.config.backoff_initial);
            let wait = left.saturating_add(jitter);
            if self.now().saturating_add(wait) >= call.deadline {
                return Err(call.failed(self.busy(left)));
            }
            self.ports.sleep.sleep(wait).await;
        }
        Ok(())
    }

    async fn attempt(&self, call: &mut Call<'_>) -> Outcome {
        call.sent += 1;
        let id = call.envelope.id(call.sent);
        let request = call.envelope.attempt(&id);
        let exchange = Exchange {
            ports: &self.ports,
            config: &self.config,
            deadline: call.deadline,
            heard: OnceLock::new(),
        };
        let began = self.now();
        let outcome = exchange.run(request).await;
        if let (Outcome::Answer(answer), Some(heard)) = (&outcome, exchange.heard.get())
            && let Some(sample) = Sample::of(answer.status, &answer.headers, &id, began, *heard)
        {
            self.server_clock.hear(&sample);
        }
        let (status, headers) = outcome.head();
        tracing::debug!(
            method = %call.envelope.method,
            path = call.path,
            attempt = call.sent,
            request_id = %id,
            status = status.map(|s| s.as_u16()),
            failure = outcome.failure(),
            millis = u64::try_from((self.now() - began).as_millis()).unwrap_or(u64::MAX),
            "exchange"
        );
        call.request_id = headers.and_then(|h| text(h, "x-request-id")).or(Some(id));
        outcome
    }

    async fn judge(&self, call: &mut Call<'_>, outcome: Outcome) -> Next {
        if let Outcome::Redirect { status, headers } = &outcome {
            return self.redirect(call, *status, headers);
        }
        if matches!(
            outcome,
            Outcome::Failed(NetworkError::Interrupted) | Outcome::Silent | Outcome::Expired
        ) {
            // Whatever killed or silenced this connection has most likely met the others too.
            self.ports.network.drop_idle();
        }
        let verdict = self.verdict(&outcome);
        if !matches!(verdict, Verdict::NotSent | Verdict::Later(_)) && call.envelope.method != Method::GET {
            call.maybe_applied |= !outcome.is_unsent();
        }
        let wait = match verdict {
            Verdict::Later(later) => match self.defer(call, later) {
                Ok(wait) => wait,
                Err(busy) => return Next::Done(Err(busy)),
            },
            _ => match self.backoff(call, verdict, &outcome) {
                Some(wait) => wait,
                None => return Next::Done(self.settle(call, outcome)),
            },
        };
        if self.now().saturating_add(wait) >= call.deadline {
            return Next::Done(match verdict {
                Verdict::Later(_) => {
                    self.restraint.cool_until(self.now().saturating_add(wait));
                    Err(call.failed(self.busy(wait)))
                }
                _ => self.settle(call, outcome),
            });
        }
        if !wait.is_zero() {
            self.audit.note(TransportDecision::Wait {
                millis: u64::try_from(wait.as_millis()).unwrap_or(u64::MAX),
                cause: match verdict {
                    Verdict::Later(Later::Limiter) => WaitCause::Limiter,
                    Verdict::Later(_) => WaitCause::RetryAfter,
                    _ => WaitCause::Backoff,
                },
            });
            self.ports.sleep.sleep(wait).await;
        }
        Next::Again
    }

    fn verdict(&self, outcome: &Outcome) -> Verdict {
        match outcome {
            Outcome::Failed(error) => classify(Event::Failed(error)),
            Outcome::Silent => classify(Event::Silent),
            Outcome::Answer(answer) => classify(Event::Answered {
                status: answer.status,
                limiter: answer.limiter,
                retry_after: self.asked(&answer.headers, &answer.body),
            }),
            Outcome::Page { status, headers } => classify(Event::Answered {
                status: *status,
                limiter: false,
                retry_after: self.asked(headers, &[]),
            }),
            Outcome::Redirect { .. }
            | Outcome::Portal { .. }
            | Outcome::Unusable { .. }
            | Outcome::Expired => Verdict::Final,
        }
    }

    fn asked(&self, headers: &HeaderMap, body: &[u8]) -> Option<Duration> {
        retry_after(
            headers,
            body,
            self.server_clock.now(),
            self.config.max_retry_after,
        )
    }

    /// How long to wait after an answer that said "later". `Err` when this call will not be sent again.
    fn defer(&self, call: &mut Call<'_>, later: Later) -> Result<Duration, TransportError> {
        call.deferrals += 1;
        let random = &*self.ports.random;
        let own = half_jitter(random, call.limiter.ceiling());
        let wait = match later {
            Later::In(asked) => {
                // For everyone; `await_cool_down` waits for it.
                self.restraint.cool_until(self.now().saturating_add(asked));
                if asked.is_zero() { own } else { Duration::ZERO }
            }
            Later::Sometime => own,
            Later::Limiter => {
                self.restraint.limited(self.now());
                own
            }
        };
        if call.deferrals < self.config.max_deferrals {
            return Ok(wait);
        }
        self.restraint.cool_until(self.now().saturating_add(own));
        let left = self.restraint.cooling(self.now()).unwrap_or_default();
        Err(call.failed(self.busy(left)))
    }

    /// How long to wait after a failure, or `None` when this call is not sent again.
    fn backoff(&self, call: &mut Call<'_>, verdict: Verdict, outcome: &Outcome) -> Option<Duration> {
        call.failures += 1;
        let most = match verdict {
            Verdict::NotSent => call.max_unsent,
            _ => call.max_attempts,
        };
        if !verdict.allows(call.replay) || call.failures >= most {
            return None;
        }
        if let Verdict::Unknown(again) = verdict {
            if again == Again::Once {
                call.plain_500s += 1;
                if call.plain_500s > 1 {
                    return None;
                }
            }
            if matches!(outcome, Outcome::Failed(_)) && self.restraint.was_limited(self.now()) {
                // Q2: the limiter's connection died under us. A fresh one is there at once.
                return Some(Duration::ZERO);
            }
            if !self.restraint.spend() {
                return None;
            }
        }
        Some(full_jitter(&*self.ports.random, call.backoff.ceiling()))
    }

    fn redirect(&self, call: &mut Call<'_>, status: StatusCode, headers: &HeaderMap) -> Next {
        let envelope = &mut call.envelope;
        let judged = judge(&self.origin, &envelope.url, &envelope.method, status, headers);
        call.maybe_applied |= envelope.method != Method::GET;
        let fault = match judged {
            Redirect::Follow(target) if call.redirects < self.config.max_redirects => {
                call.redirects += 1;
                envelope.url = target;
                return Next::Again;
            }
            Redirect::Follow(_) => faulty(status, "too many redirects"),
            Redirect::Portal => Fault::Portal,
            Redirect::Refuse(what) => faulty(status, what),
        };
        Next::Done(Err(call.failed(fault)))
    }

    /// The last attempt is what the caller gets.
    fn settle(&self, call: &Call<'_>, outcome: Outcome) -> Result<WireAnswer, TransportError> {
        let fault = match outcome {
            Outcome::Answer(answer) => {
                if !answer.status.is_server_error() {
                    self.restraint.earn();
                }
                return Ok(call.answered(answer));
            }
            Outcome::Page { status, .. } | Outcome::Redirect { status, .. } => faulty(status, "not JSON"),
            Outcome::Unusable { status, what, .. } => faulty(status, what),
            Outcome::Portal { .. } => Fault::Portal,
            Outcome::Silent | Outcome::Expired => Fault::Offline(OfflineReason::TimedOut),
            Outcome::Failed(error) => match error {
                NetworkError::Dns => Fault::Offline(OfflineReason::Dns),
                NetworkError::Connect => Fault::Offline(OfflineReason::Connect),
                NetworkError::Interrupted => Fault::Offline(OfflineReason::Interrupted),
                NetworkError::Damaged => Fault::Faulty {
                    status: 0,
                    what: "not HTTP",
                },
                NetworkError::Tls(what) => Fault::Untrusted(what),
                NetworkError::Withheld => Fault::Withheld,
                NetworkError::BadRequest => Fault::InvalidRequest("the network refused it"),
                NetworkError::Setup(what) => Fault::Setup(what),
            },
        };
        Err(call.failed(fault))
    }

    fn busy(&self, left: Duration) -> Fault {
        let now = self.ports.clock.wall();
        Fault::Busy {
            until: now.checked_add(left).unwrap_or(jiff::Timestamp::MAX),
        }
    }
}

impl Call<'_> {
    fn failed(&self, fault: Fault) -> TransportError {
        TransportError::after(fault, self.request_id.clone(), self.maybe_applied)
    }

    fn answered(&self, answer: Answer) -> WireAnswer {
        let headers = &answer.headers;
        WireAnswer {
            status: answer.status,
            request_id: self.request_id.clone(),
            has_challenge: headers.contains_key(header::WWW_AUTHENTICATE),
            etag: text(headers, "etag"),
            body: answer.body,
        }
    }
}

fn faulty(status: StatusCode, what: &'static str) -> Fault {
    Fault::Faulty {
        status: status.as_u16(),
        what,
    }
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}
