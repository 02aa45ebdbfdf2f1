use std::time::Duration;

use jiff::Timestamp;
use pmi_core::PmiClient as Core;
use pmi_core::error::{Error, Refusal};
use pmi_core::model::{
    BookingStatus, BookingTime, CenterId, Freshness, NewBooking, OutboxItem, Password, ServiceType, Unsent,
    WriteState,
};
use pmi_core::screens::{GarageIntent, SignInIntent};

use super::*;
use crate::client::PmiClient;

const PATIENCE: Duration = Duration::from_secs(30);

async fn signed_in(core: &Core, server: &MemoryServer) {
    let wrong = core
        .account()
        .sign_in(&server.email(), Password::new("not it at all"))
        .await;
    assert!(matches!(
        wrong,
        Err(Error::Refused {
            why: Refusal::WrongCredentials,
            ..
        })
    ));
    let password = Password::new(server.password());
    core.account().sign_in(&server.email(), password).await.unwrap();
}

async fn done(core: &Core, item: OutboxItem) -> OutboxItem {
    let item = core.outbox().settled(item.id, PATIENCE).await.unwrap();
    assert!(matches!(item.state, WriteState::Done { .. }), "{:?}", item.state);
    item
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_in_memory_is_there_afterwards_and_leaves_no_trace() {
    let dir = tempfile::tempdir().unwrap();
    let server = MemoryServer::new(3);
    let client = PmiClient::in_memory(&server, dir.path().display().to_string()).unwrap();
    let core = client.core.clone();
    signed_in(&core, &server).await;
    let (vehicles, bookings) = (core.vehicles(), core.bookings());

    let garage = vehicles.list(Freshness::NetworkOnly).await.unwrap().value;
    assert_eq!(garage.len(), 3);
    for one in &garage {
        let details = vehicles
            .details(one.vehicle.id, Freshness::NetworkOnly)
            .await
            .unwrap()
            .value;
        assert_eq!(details.components.len(), 10);
        assert!(details.telemetry.is_some());
    }
    let centers = core.centers().list(Freshness::NetworkOnly).await.unwrap().value;
    assert_eq!(centers.len(), 2);
    let tomorrow = Timestamp::now()
        .in_tz("Asia/Kolkata")
        .unwrap()
        .date()
        .tomorrow()
        .unwrap();
    let slots = core
        .centers()
        .slots(CenterId(2), tomorrow, Freshness::NetworkOnly)
        .await;
    let slots = slots.unwrap().value;
    let free: Vec<_> = slots.iter().filter(|slot| slot.available > Some(0)).collect();
    assert!(free.len() > 10 && free.len() < slots.len());

    let new = NewBooking {
        vehicle_id: garage[0].vehicle.id,
        service: ServiceType::OilChange,
        at: BookingTime::Exact(free[0].starts_at.clone()),
        center_id: Some(CenterId(2)),
        notes: Some("squeaks".to_owned()),
        photos: Vec::new(),
    };
    done(&core, bookings.book(new, None).await.unwrap()).await;
    let made = bookings
        .list(Freshness::NetworkOnly)
        .await
        .unwrap()
        .value
        .remove(0);
    assert_eq!(
        (made.starts_at.timestamp(), made.status),
        (free[0].starts_at.timestamp(), BookingStatus::Scheduled)
    );
    assert_eq!(made.center.as_deref(), Some("PMI Jayanagar"));
    let later = BookingTime::Exact(free[3].starts_at.clone());
    done(&core, bookings.reschedule(&made.id, &later, None).await.unwrap()).await;
    done(&core, bookings.cancel(&made.id, None).await.unwrap()).await;
    let after = bookings
        .get(&made.id, Freshness::NetworkOnly)
        .await
        .unwrap()
        .value;
    assert_eq!(
        (after.starts_at.timestamp(), after.status),
        (free[3].starts_at.timestamp(), BookingStatus::Cancelled)
    );

    let told = core
        .notifications()
        .list(Freshness::NetworkOnly)
        .await
        .unwrap()
        .value;
    assert!(told.iter().all(|one| !one.read));
    done(&core, core.notifications().mark_read(told[0].id).await.unwrap()).await;
    let told = core
        .notifications()
        .list(Freshness::NetworkOnly)
        .await
        .unwrap()
        .value;
    assert_eq!(told.iter().filter(|one| one.read).count(), 1);
    assert!(core.account().me(Freshness::NetworkOnly).await.is_ok());
    assert_eq!(core.account().sign_out(Unsent::Ask).await, Ok(true));
    drop((client, core, vehicles, bookings));
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn there_are_as_many_vehicles_as_asked_for_each_with_its_own_page() {
    let dir = tempfile::tempdir().unwrap();
    for (asked, there) in [(0, 0), (100, 100), (1000, 999)] {
        let server = MemoryServer::new(asked);
        let client = PmiClient::in_memory(&server, dir.path().display().to_string()).unwrap();
        signed_in(&client.core, &server).await;
        let vehicles = client.core.vehicles();
        let garage = vehicles.list(Freshness::NetworkOnly).await.unwrap().value;
        let ids: std::collections::HashSet<_> = garage.iter().map(|one| one.vehicle.id).collect();
        assert_eq!((garage.len(), ids.len()), (there, there));
        if let Some(last) = garage.last() {
            let page = vehicles
                .details(last.vehicle.id, Freshness::NetworkOnly)
                .await
                .unwrap()
                .value;
            assert_eq!(page.vehicle.id, last.vehicle.id);
        }
    }
}

/// A sign-in is on disk some milliseconds before it is in memory: whoever looked there meanwhile was shown what was taken away again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_shown_while_a_person_signs_in_stays() {
    for round in 0..20 {
        let dir = tempfile::tempdir().unwrap();
        let server = MemoryServer::new(12);
        let client = PmiClient::in_memory(&server, dir.path().display().to_string()).unwrap();
        let screens = client.core.screens();
        let (mut garage, mut form) = (screens.garage(), screens.sign_in());
        let (email, password) = (server.email(), server.password());
        form.send(SignInIntent::Email { text: email });
        form.send(SignInIntent::Password { text: password });
        form.send(SignInIntent::Submit);
        let core = client.core.clone();
        let looking = tokio::spawn(async move {
            while core.vehicles().list(Freshness::CacheOnly).await.is_err() {
                tokio::task::yield_now().await;
            }
        });
        let shown = async {
            while garage.next().await.unwrap().vehicles.len() < 12 {}
            // What is taken away from now on does not come back.
            server.set_fault(MemoryFault::ServerError, true);
        };
        let done = async { while !form.next().await.unwrap().done {} };
        let both = async { tokio::join!(shown, done) };
        tokio::time::timeout(PATIENCE, both).await.unwrap();
        garage.send(GarageIntent::Refresh);
        let failed = async { while garage.next().await.unwrap().standing.problem.is_none() {} };
        tokio::time::timeout(PATIENCE, failed).await.unwrap();
        assert_eq!(garage.now().vehicles.len(), 12, "round {round}");
        tokio::time::timeout(PATIENCE, looking)
            .await
            .expect("kept")
            .unwrap();
        client.close();
    }
}
