//! Reads from the server over loopback, and an access token that expires under a hundred of them.

use std::collections::BTreeMap;
use std::time::Instant;

use futures_util::future::{join_all, try_join_all};
use pmi_core::PmiClient;
use pmi_core::model::{Freshness, VehicleId};
use reqwest::{Client, StatusCode};
use serde::Deserialize;
use serde_json::json;
use tokio::runtime::{Builder, Runtime};

use crate::Outcome;
use crate::measure::Samples;
use crate::report::Report;
use crate::stage::Stage;

/// Calls at once.
const CALLS: usize = 100;

/// Different reads of a customer.
const READS: usize = 5;

const WHOLE: &str = "floor: GET the garage with reqwest";
const UNCHANGED: &str = "floor: GET it with If-None-Match: 304";
const FEW: &str = "floor: 5 GETs refused, refresh, 5 GETs";
const MANY: &str = "floor: 100 GETs refused, refresh, 100 GETs";

/// Measures `reads` network reads and `storms` expired tokens, in turn with their floors.
pub(crate) fn measure(stage: &Stage, reads: usize, storms: usize, report: &mut Report) -> Outcome {
    let mut raw = Raw::sign_in(stage)?;
    measure_reads(stage, &raw, reads, report)?;
    measure_storms(stage, &mut raw, storms, report)
}

fn measure_reads(stage: &Stage, raw: &Raw, count: usize, report: &mut Report) -> Outcome {
    let etag = raw.etag("/api/vehicles?limit=200")?;
    let (without, with) = (stage.open_without_etags()?, stage.open()?);
    let mut samples = [(); 4].map(|()| Samples::default());
    let garage = |client: &PmiClient| stage.wait(client.vehicles().list(Freshness::NetworkOnly));
    // The first of each makes its connection.
    for client in [&without, &with] {
        garage(client)?;
    }
    stage.control().reset_counts();
    for _ in 0..count {
        let status = samples[0].time(|| raw.get("/api/vehicles?limit=200", None))?;
        must(status == StatusCode::OK, "the floor reads a whole answer")?;
        samples[1].time(|| garage(&without))?;
        let status = samples[2].time(|| raw.get("/api/vehicles?limit=200", Some(&etag)))?;
        must(
            status == StatusCode::NOT_MODIFIED,
            "the floor's answer is unchanged",
        )?;
        samples[3].time(|| garage(&with))?;
    }
    without.close();
    with.close();
    let half = 2 * count as u64;
    must(
        stage.control().outcomes("GET", "/api/vehicles") == BTreeMap::from([(200, half), (304, half)]),
        "of either kind the core's reads are as many as the floor's",
    )?;
    report.floor(WHOLE, &samples[0]);
    report.row("network read, whole answer, stored", &samples[1], WHOLE);
    report.floor(UNCHANGED, &samples[2]);
    report.row("network read, 304", &samples[3], UNCHANGED);
    Ok(())
}

fn measure_storms(stage: &Stage, raw: &mut Raw, count: usize, report: &mut Report) -> Outcome {
    let mut samples = [(); 4].map(|()| Samples::default());
    let clients: Vec<PmiClient> = (0..CALLS / READS).map(|_| stage.open()).collect::<Outcome<_>>()?;
    let one = vec![clients[0].clone(); CALLS / READS];
    storm(stage, &clients, &mut Samples::default())?;
    raw.storm(stage, CALLS, &mut Samples::default())?;
    for _ in 0..count {
        raw.storm(stage, READS, &mut samples[0])?;
        storm(stage, &one, &mut samples[1])?;
        take_over(stage, &clients)?;
        raw.storm(stage, CALLS, &mut samples[2])?;
        storm(stage, &clients, &mut samples[3])?;
    }
    clients.iter().for_each(PmiClient::close);
    report.floor(FEW, &samples[0]);
    report.row("100 calls, token expired, one client", &samples[1], FEW);
    report.floor(MANY, &samples[2]);
    report.row("100 calls, token expired, 20 clients", &samples[3], MANY);
    Ok(())
}

/// Every read of every client at once, on a token that has expired unseen. One refresh, or it does not count.
fn storm(stage: &Stage, clients: &[PmiClient], samples: &mut Samples) -> Outcome {
    stage.expire_tokens();
    stage.control().reset_counts();
    let vehicle = stage.vehicle();
    let calls = clients
        .iter()
        .flat_map(|client| (0..READS).map(move |read| call(client, read, vehicle)));
    let started = Instant::now();
    let ended = stage.wait(join_all(calls));
    samples.push(started.elapsed());
    ended.into_iter().collect::<pmi_core::Result<Vec<()>>>()?;
    must(
        stage.control().refresh_requests() == 1,
        "an expired token is refreshed once",
    )
}

/// Lets every client take the pair that one of them was given, so that the next storm finds them all with the same.
fn take_over(stage: &Stage, clients: &[PmiClient]) -> Outcome {
    for client in clients {
        stage.wait(client.account().me(Freshness::NetworkOnly))?;
    }
    Ok(())
}

async fn call(client: &PmiClient, read: usize, vehicle: VehicleId) -> pmi_core::Result<()> {
    let fresh = Freshness::NetworkOnly;
    match read {
        0 => client.account().me(fresh).await.map(drop),
        1 => client.vehicles().list(fresh).await.map(drop),
        2 => client.vehicles().details(vehicle, fresh).await.map(drop),
        3 => client.bookings().list(fresh).await.map(drop),
        _ => client.notifications().list(fresh).await.map(drop),
    }
}

/// A client that does no more than it must: no cache, no retries, no limits on answers.
struct Raw {
    runtime: Runtime,
    client: Client,
    url: String,
    paths: [String; READS],
    tokens: Tokens,
}

#[derive(Deserialize)]
struct Tokens {
    access_token: String,
    refresh_token: String,
}

impl Raw {
    fn sign_in(stage: &Stage) -> Outcome<Self> {
        rustls::crypto::ring::default_provider()
            .install_default()
            .map_err(|_| "another crypto provider is installed")?;
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?;
        let client = Client::builder().no_proxy().build()?;
        let (url, customer) = (stage.url(), stage.customer());
        let body = json!({"email": customer.email, "password": customer.password});
        let tokens = runtime.block_on(granted(&client, format!("{url}/api/auth/login"), &body))?;
        let paths = [
            "/api/auth/me".to_owned(),
            "/api/vehicles?limit=200".to_owned(),
            format!("/api/vehicles/{}/details", stage.vehicle()),
            "/api/bookings?limit=200".to_owned(),
            "/api/notifications?limit=200".to_owned(),
        ];
        Ok(Self {
            runtime,
            client,
            url,
            paths,
            tokens,
        })
    }

    fn get(&self, path: &str, etag: Option<&str>) -> reqwest::Result<StatusCode> {
        self.runtime.block_on(self.ask(path, etag))
    }

    async fn ask(&self, path: &str, etag: Option<&str>) -> reqwest::Result<StatusCode> {
        let mut request = self.client.get(format!("{}{path}", self.url));
        if let Some(etag) = etag {
            request = request.header("if-none-match", etag);
        }
        let answer = request.bearer_auth(&self.tokens.access_token).send().await?;
        let status = answer.status();
        answer.bytes().await?;
        Ok(status)
    }

    fn etag(&self, path: &str) -> Outcome<String> {
        let request = self.client.get(format!("{}{path}", self.url));
        let request = request.bearer_auth(&self.tokens.access_token);
        let answer = self.runtime.block_on(request.send())?;
        let etag = answer.headers().get("etag").ok_or("the garage has no ETag")?;
        Ok(etag.to_str()?.to_owned())
    }

    fn storm(&mut self, stage: &Stage, calls: usize, samples: &mut Samples) -> Outcome {
        stage.expire_tokens();
        let started = Instant::now();
        let refused = self.runtime.block_on(self.ask_all(calls))?;
        let body = json!({"refresh_token": self.tokens.refresh_token});
        let url = format!("{}/api/auth/refresh", self.url);
        self.tokens = self.runtime.block_on(granted(&self.client, url, &body))?;
        let answered = self.runtime.block_on(self.ask_all(calls))?;
        samples.push(started.elapsed());
        let all = |statuses: &[StatusCode], wanted| statuses.iter().all(|status| *status == wanted);
        must(
            all(&refused, StatusCode::UNAUTHORIZED),
            "the floor's token has expired",
        )?;
        must(all(&answered, StatusCode::OK), "the floor's new token is good")
    }

    async fn ask_all(&self, calls: usize) -> reqwest::Result<Vec<StatusCode>> {
        let paths = self.paths.iter().cycle().take(calls);
        try_join_all(paths.map(|path| self.ask(path, None))).await
    }
}

fn must(holds: bool, what: &str) -> Outcome {
    if holds {
        return Ok(());
    }
    Err(format!("this does not hold: {what}").into())
}

/// The tokens that this POST gives. By hand, because reqwest's `json` is a feature the product does not have: turned on here, it
/// would have the whole workspace built twice.
async fn granted(client: &Client, url: String, body: &serde_json::Value) -> Outcome<Tokens> {
    let request = client
        .post(url)
        .header("content-type", "application/json")
        .body(body.to_string());
    let answer = request.send().await?.error_for_status()?;
    Ok(serde_json::from_slice(&answer.bytes().await?)?)
}
