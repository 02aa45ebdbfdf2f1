//! Roles, and what each may do (`platform-api.md` section 1).

use serde::{Deserialize, Serialize};

use super::wire_word::wire_words;

wire_words! {
    /// What a person is to the platform.
    Role {
        /// Owns vehicles and books service for them.
        Customer = "customer",
        /// May look, not book.
        Viewer = "viewer",
        /// Works on assigned tasks.
        Mechanic = "mechanic",
        /// Runs one service centre.
        ServiceCenter = "service_center",
        /// Runs the platform.
        Admin = "admin",
    }
}

wire_words! {
    /// One thing a role may do.
    Permission {
        /// See one's own vehicles.
        ViewOwnVehicles = "view_own_vehicles",
        /// Book service.
        BookAppointment = "book_appointment",
        /// See one's own bookings.
        ViewOwnAppointments = "view_own_appointments",
        /// Cancel one's own bookings.
        CancelOwnAppointment = "cancel_own_appointment",
        /// See the tasks assigned to oneself.
        ViewAssignedTasks = "view_assigned_tasks",
        /// Change a vehicle's status.
        UpdateVehicleStatus = "update_vehicle_status",
        /// See everyone's bookings.
        ViewAllAppointments = "view_all_appointments",
        /// Change everyone's bookings.
        ManageAppointments = "manage_appointments",
        /// See customers' data.
        ViewCustomerData = "view_customer_data",
        /// Change people's roles.
        ManageUsers = "manage_users",
        /// Change service centres.
        ManageServiceCenters = "manage_service_centers",
        /// See the analytics.
        ViewAnalytics = "view_analytics",
        /// Change the platform's settings.
        ManageSystemSettings = "manage_system_settings",
    }
}

impl Role {
    /// What the role may do, where the server does not say so itself (v1).
    #[must_use]
    pub fn permissions(&self) -> Vec<Permission> {
        use Permission::{
            BookAppointment, CancelOwnAppointment, ManageAppointments, ManageServiceCenters,
            ManageSystemSettings, ManageUsers, UpdateVehicleStatus, ViewAllAppointments, ViewAnalytics,
            ViewAssignedTasks, ViewCustomerData, ViewOwnAppointments, ViewOwnVehicles,
        };
        match self {
            Self::Customer => vec![
                ViewOwnVehicles,
                BookAppointment,
                ViewOwnAppointments,
                CancelOwnAppointment,
            ],
            Self::Viewer => vec![ViewOwnVehicles, ViewOwnAppointments],
            Self::Mechanic => vec![ViewAssignedTasks, UpdateVehicleStatus],
            Self::ServiceCenter => vec![
                ViewAllAppointments,
                ManageAppointments,
                ViewCustomerData,
                UpdateVehicleStatus,
            ],
            Self::Admin => vec![
                ManageUsers,
                ManageServiceCenters,
                ViewAnalytics,
                ManageSystemSettings,
                ViewAllAppointments,
                ManageAppointments,
                ViewCustomerData,
            ],
            Self::Unknown(_) => Vec::new(),
        }
    }
}
