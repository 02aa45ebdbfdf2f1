//! Who may sign in to a seeded server, and what they have. Kept in the database, so that a reopened one still tells.

use serde::{Deserialize, Serialize};

/// Where the summary is kept.
pub(crate) const SUMMARY: &str = "seed_summary";

/// What the database was seeded with. It says nothing of what changed since.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeedSummary {
    /// The password every seeded account shares; empty for an empty database and for the golden fixtures, whose passwords
    /// differ (see [`SeededCustomer::password`]).
    pub password: String,
    /// The customers, by id.
    pub customers: Vec<SeededCustomer>,
    /// One account per other role: viewer, mechanic, service_center, admin.
    pub staff: Vec<SeededCustomer>,
    /// Vehicles that belong to nobody, for a claim.
    pub unclaimed_vins: Vec<String>,
}

/// One seeded account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeededCustomer {
    /// Its id.
    pub id: i64,
    /// Its address, which it signs in with.
    pub email: String,
    /// Its password.
    pub password: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// `customer`, `viewer`, `mechanic`, `service_center` or `admin`.
    pub role: String,
    /// Its vehicles.
    pub vehicle_ids: Vec<i64>,
    /// Those of its vehicles with a critical prediction.
    pub critical_vehicle_ids: Vec<i64>,
}

impl SeedSummary {
    /// The first customer with exactly one vehicle: one that v1 lets sign in.
    #[must_use]
    pub fn with_single_vehicle(&self) -> Option<&SeededCustomer> {
        self.customers
            .iter()
            .find(|customer| customer.vehicle_ids.len() == 1)
    }

    /// Every customer with exactly one vehicle.
    pub fn all_with_single_vehicle(&self) -> impl Iterator<Item = &SeededCustomer> {
        self.customers
            .iter()
            .filter(|customer| customer.vehicle_ids.len() == 1)
    }

    /// The first customer with two vehicles or more: one that v1 never lets sign in.
    #[must_use]
    pub fn with_many_vehicles(&self) -> Option<&SeededCustomer> {
        self.customers
            .iter()
            .find(|customer| customer.vehicle_ids.len() > 1)
    }

    /// The first customer who has a vehicle with a critical prediction; one with a single vehicle if there is one.
    #[must_use]
    pub fn with_critical_prediction(&self) -> Option<&SeededCustomer> {
        let critical = |customer: &&SeededCustomer| !customer.critical_vehicle_ids.is_empty();
        self.all_with_single_vehicle()
            .find(critical)
            .or_else(|| self.customers.iter().find(critical))
    }

    /// The account of a role other than `customer`.
    #[must_use]
    pub fn with_role(&self, role: &str) -> Option<&SeededCustomer> {
        self.staff
            .iter()
            .chain(&self.customers)
            .find(|account| account.role == role)
    }
}
