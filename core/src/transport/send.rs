//! One call: attempts, waits and redirects until there is an answer or no use in another attempt.
//!
//! Promises and limits are the module's (`transport`). Here they meet: what an attempt came to is judged by `classify`, how
//! long to wait by `schedule`, whether anybody may send at all, and again, by `restraint` (asked in `admit`).

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use http::{HeaderMap, Method, StatusCode, header};

use super::budget::Price;
use super::classify::{Again, Event, Later, Verdict, classify};
use super::exchange::{Answer, Exchange, Outcome};
use super::gate::Gate;
use super::hush::{Ear, Hush};
use super::redirect::{Redirect, judge};
use super::request::Envelope;
use super::restraint::Restraint;
use super::retry_after::retry_after;
use super::schedule::{Schedule, full_jitter, half_jitter};
use super::server_clock::{Sample, ServerClock};
use super::shelf::Shelf;
use super::{Fault, Origin, TransportConfig, TransportError};
use crate::api::{Auth, Policy, Priority, Speaks, Tries, WireAnswer, WireRequest};
use crate::audit::Audit;
use crate::error::OfflineReason;
use crate::model::{TransportDecision, WaitCause};
use crate::ports::{NetworkError, Ports};
use crate::store::DurableFile;

/// How often a connection is tried to be made when something else can be shown.
const HURRIED: u32 = 2;

/// Sends requests to one origin. Calls run side by side; they share a cool-down, a retry budget, a breaker and a gate.
pub(crate) struct Transport {
    pub(super) ports: Ports,
    origin: Origin,
    pub(super) config: TransportConfig,
    pub(super) restraint: Restraint,
    pub(super) gate: Gate,
    pub(super) hush: Hush,
    pub(super) audit: Audit,
    server_clock: ServerClock,
}

/// A call on its way.
pub(super) struct Call<'a> {
    pub(super) policy: Policy,
    pub(super) priority: Priority,
    pub(super) speaks: Speaks,
    /// Whether it carries the token, and so is counted as the customer's.
    pub(super) is_bearer: bool,
    /// Whether it repeats one of some time ago, and has not paid for that yet.
    pub(super) owes: bool,
    /// After failures and server faults, the first included.
    max_attempts: u32,
    /// At most so often while there is no connection.
    max_unsent: u32,
    path: &'a str,
    envelope: Envelope,
    pub(super) deadline: Duration,
    pub(super) ear: Ear,
    /// Requests sent, redirects included.
    sent: u32,
    failures: u32,
    deferrals: u32,
    only_once: u32,
    redirects: u32,
    backoff: Schedule,
    limiter: Schedule,
    /// Id of the last attempt.
    request_id: Option<String>,
    maybe_applied: bool,
    /// The same of the attempts before the last.
    earlier_unknown: bool,
}

/// What follows an attempt.
enum Next {
    Done(Result<WireAnswer, TransportError>),
    Again,
}

impl Transport {
    pub(crate) fn new(ports: Ports, origin: Origin, config: TransportConfig, audit: Audit) -> Self {
        let (clock, random) = (Arc::clone(&ports.clock), Arc::clone(&ports.random));
        let server_clock = ServerClock::new(Arc::clone(&ports.clock));
        Self {
            restraint: Restraint::new(Arc::clone(&clock), random, config.clone()),
            gate: Gate::new(clock),
            hush: Hush::new(),
            ports,
            origin,
            config,
            audit,
            server_clock,
        }
    }

    /// The server's clock as its answers tell it.
    pub(crate) fn server_clock(&self) -> &ServerClock {
        &self.server_clock
    }

    /// Shares cool-down, retry budget and breaker with the device's other processes, and with those to come.
    pub(crate) fn kept_in(mut self, durable: Arc<DurableFile>) -> Self {
        self.restraint.keep_on(Shelf {
            durable,
            origin: self.origin.to_string(),
            longest: self.config.max_retry_after,
            longest_open: self.config.breaker_ceiling,
        });
        self
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
        self.call(request, access_token, self.hush.ear()).await
    }

    /// The same for what finds out whether there is a network: it goes also while others must not.
    pub(crate) async fn probe(&self, request: &WireRequest) -> Result<WireAnswer, TransportError> {
        self.call(request, None, Ear::deaf()).await
    }

    async fn call(
        &self,
        request: &WireRequest,
        access_token: Option<&str>,
        ear: Ear,
    ) -> Result<WireAnswer, TransportError> {
        let envelope = Envelope::new(&self.origin, request, access_token, &*self.ports.random)
            .map_err(TransportError::unsent)?;
        let config = &self.config;
        let (max_attempts, total) = match request.tries {
            Tries::AsConfigured | Tries::Hurried => (config.max_attempts, config.total),
            Tries::Within { total } => (config.max_attempts, total.min(config.total)),
            // No call may outlast the leases, whatever its caller thinks.
            Tries::Once { total } => (1, total.min(config.total)),
        };
        let mut call = Call {
            policy: request.policy,
            priority: request.priority,
            speaks: request.speaks,
            is_bearer: request.auth == Auth::Bearer,
            owes: request.again,
            max_attempts: max_attempts.min(request.policy.attempts),
            max_unsent: match request.tries {
                Tries::Hurried => HURRIED,
                _ => u32::MAX,
            },
            path: &request.path,
            envelope,
            deadline: self.now().saturating_add(total),
            ear,
            sent: 0,
            failures: 0,
            deferrals: 0,
            only_once: 0,
            redirects: 0,
            backoff: Schedule::new(config.backoff_initial, config.backoff_ceiling),
            limiter: Schedule::new(config.limiter_initial, config.backoff_ceiling),
            request_id: None,
            maybe_applied: false,
            earlier_unknown: false,
        };
        let result = loop {
            let pass = match self.admit(&mut call).await {
                Ok(pass) => pass,
                Err(error) => break Err(error),
            };
            let outcome = self.attempt(&mut call).await;
            let verdict = self.verdict(&outcome);
            self.ended(&call, pass, &outcome, verdict);
            if let Next::Done(result) = self.judge(&mut call, outcome, verdict).await {
                break result;
            }
        };
        let is_usable = result
            .as_ref()
            .is_ok_and(|answer| !answer.status.is_server_error());
        if call.sent > 1 && !is_usable {
            self.audit.note(TransportDecision::GaveUp { attempts: call.sent });
        }
        result
    }

    pub(super) fn now(&self) -> Duration {
        self.ports.clock.elapsed()
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
            millis = millis(self.now() - began),
            "exchange"
        );
        call.request_id = headers.and_then(|h| text(h, "x-request-id")).or(Some(id));
        outcome
    }

    async fn judge(&self, call: &mut Call<'_>, outcome: Outcome, verdict: Verdict) -> Next {
        if let Outcome::Redirect { status, headers } = &outcome {
            return self.redirect(call, *status, headers);
        }
        if matches!(
            outcome,
            Outcome::Failed(NetworkError::Interrupted)
                | Outcome::Silent
                | Outcome::Stalled
                | Outcome::Expired
        ) {
            // Whatever killed or silenced this connection has most likely met the others too.
            self.ports.network.drop_idle();
        }
        call.earlier_unknown = call.maybe_applied;
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
                    self.restraint.cool_for(wait);
                    Err(call.failed(self.busy(wait)))
                }
                _ => self.settle(call, outcome),
            });
        }
        if !wait.is_zero() {
            let cause = match verdict {
                Verdict::Later(Later::Limiter) => WaitCause::Limiter,
                Verdict::Later(_) => WaitCause::RetryAfter,
                _ => WaitCause::Backoff,
            };
            if let Err(error) = self.wait(call, wait, cause).await {
                return Next::Done(Err(error));
            }
        }
        Next::Again
    }

    fn verdict(&self, outcome: &Outcome) -> Verdict {
        match outcome {
            Outcome::Failed(error) => classify(Event::Failed(error)),
            Outcome::Silent => classify(Event::Silent),
            Outcome::Stalled => classify(Event::Stalled),
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
            Later::In(asked) | Later::Down(asked) => {
                // For everyone; `admit` waits for it.
                self.restraint.cool_for(asked);
                self.audit.note(TransportDecision::Wait {
                    millis: u64::try_from(asked.as_millis()).unwrap_or(u64::MAX),
                    cause: WaitCause::RetryAfter,
                });
                if asked.is_zero() { own } else { Duration::ZERO }
            }
            Later::Sometime => own,
            Later::Limiter => {
                self.restraint.limited();
                own
            }
        };
        // What would come too late is not sent, and so costs nothing.
        let soonest = match later {
            Later::In(asked) | Later::Down(asked) => asked.max(wait),
            Later::Sometime | Later::Limiter => wait,
        };
        let fits = self.now().saturating_add(soonest) < call.deadline;
        if fits && call.deferrals < self.config.max_deferrals && self.pays(call, Verdict::Later(later)) {
            return Ok(wait);
        }
        self.restraint.cool_for(own);
        let left = self.restraint.cooling().unwrap_or_default();
        Err(call.failed(self.busy(left)))
    }

    /// How long to wait after a failure, or `None` when this call is not sent again.
    fn backoff(&self, call: &mut Call<'_>, verdict: Verdict, outcome: &Outcome) -> Option<Duration> {
        call.failures += 1;
        let most = match verdict {
            Verdict::NotSent => call.max_attempts.min(call.max_unsent),
            _ => call.max_attempts,
        };
        if !verdict.allows(call.policy.replay) || call.failures >= most {
            return None;
        }
        if let Verdict::Unknown(again) = verdict {
            if again == Again::Once {
                call.only_once += 1;
                if call.only_once > 1 {
                    return None;
                }
            }
            if matches!(outcome, Outcome::Failed(_)) && self.restraint.was_limited() {
                // Q2: the limiter's connection died under us. A fresh one is there at once.
                self.restraint.give_back();
                return Some(Duration::ZERO);
            }
        }
        let wait = full_jitter(&*self.ports.random, call.backoff.ceiling());
        // What would come too late is not sent, and so costs nothing; what came last is more use to the caller than that the
        // breaker is open now.
        let fits = self.now().saturating_add(wait) < call.deadline;
        (fits && !self.restraint.is_open() && self.pays(call, verdict)).then_some(wait)
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
            Outcome::Silent | Outcome::Stalled | Outcome::Expired => Fault::Offline(OfflineReason::TimedOut),
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

    /// Whether the budget bears it that this is sent again.
    fn pays(&self, call: &Call<'_>, verdict: Verdict) -> bool {
        self.pay(call, verdict.price(call.policy.price)).is_ok()
    }

    /// The same at this price. `Err`: not before so long.
    pub(super) fn pay(&self, call: &Call<'_>, price: Price) -> Result<(), Duration> {
        self.restraint.spend(price, call.priority).inspect_err(|left| {
            self.audit.note(TransportDecision::BudgetSpent {
                millis: millis(*left),
            });
        })
    }

    pub(super) fn busy(&self, left: Duration) -> Fault {
        let now = self.ports.clock.wall();
        Fault::Busy {
            until: now.checked_add(left).unwrap_or(jiff::Timestamp::MAX),
        }
    }
}

pub(super) fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

impl Call<'_> {
    pub(super) fn failed(&self, fault: Fault) -> TransportError {
        TransportError::after(fault, self.request_id.clone(), self.maybe_applied)
    }

    fn answered(&self, answer: Answer) -> WireAnswer {
        let headers = &answer.headers;
        WireAnswer {
            status: answer.status,
            request_id: self.request_id.clone(),
            has_challenge: headers.contains_key(header::WWW_AUTHENTICATE),
            after_unknown: self.earlier_unknown,
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
