//! Who may do what.

/// The permissions of a role; none for a role nobody knows.
pub(crate) fn permissions(role: &str) -> &'static [&'static str] {
    match role {
        "customer" => &[
            "view_own_vehicles",
            "book_appointment",
            "view_own_appointments",
            "cancel_own_appointment",
        ],
        "viewer" => &["view_own_vehicles", "view_own_appointments"],
        "mechanic" => &["view_assigned_tasks", "update_vehicle_status"],
        "service_center" => &[
            "view_all_appointments",
            "manage_appointments",
            "view_customer_data",
            "update_vehicle_status",
        ],
        "admin" => &[
            "manage_users",
            "manage_service_centers",
            "view_analytics",
            "manage_system_settings",
            "view_all_appointments",
            "manage_appointments",
            "view_customer_data",
        ],
        _ => &[],
    }
}
