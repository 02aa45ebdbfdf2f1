//! The platform's words as texts and tones. A word of a later server is shown as it is.

use super::text::{Text, TextKey};
use super::values::Tone;
use crate::model::{
    BookingStatus, ComponentKind, HealthStatus, NotificationChannel, NotificationKind, Role, ServiceType,
    Severity,
};

pub(crate) fn health(status: &HealthStatus) -> (Text, Tone) {
    match status {
        HealthStatus::Healthy => (TextKey::HealthHealthy.into(), Tone::Good),
        HealthStatus::Warning => (TextKey::HealthWarning.into(), Tone::Warning),
        HealthStatus::Critical => (TextKey::HealthCritical.into(), Tone::Critical),
        HealthStatus::Unknown(word) => (Text::words(word), Tone::Neutral),
    }
}

pub(crate) fn severity(severity: &Severity) -> (Text, Tone) {
    match severity {
        Severity::Low => (TextKey::SeverityLow.into(), Tone::Neutral),
        Severity::Medium => (TextKey::SeverityMedium.into(), Tone::Warning),
        Severity::High => (TextKey::SeverityHigh.into(), Tone::Critical),
        Severity::Critical => (TextKey::SeverityCritical.into(), Tone::Critical),
        Severity::Unknown(word) => (Text::words(word), Tone::Neutral),
    }
}

pub(crate) fn component(kind: &ComponentKind) -> Text {
    Text::plain(match kind {
        ComponentKind::Engine => TextKey::ComponentEngine,
        ComponentKind::Transmission => TextKey::ComponentTransmission,
        ComponentKind::Brakes => TextKey::ComponentBrakes,
        ComponentKind::Battery => TextKey::ComponentBattery,
        ComponentKind::CoolingSystem => TextKey::ComponentCoolingSystem,
        ComponentKind::OilSystem => TextKey::ComponentOilSystem,
        ComponentKind::Suspension => TextKey::ComponentSuspension,
        ComponentKind::Tires => TextKey::ComponentTires,
        ComponentKind::Exhaust => TextKey::ComponentExhaust,
        ComponentKind::FuelSystem => TextKey::ComponentFuelSystem,
        ComponentKind::Unknown(word) => return Text::words(word),
    })
}

pub(crate) fn service(service: &ServiceType) -> Text {
    Text::plain(match service {
        ServiceType::GeneralService => TextKey::ServiceGeneral,
        ServiceType::OilChange => TextKey::ServiceOilChange,
        ServiceType::BrakeService => TextKey::ServiceBrake,
        ServiceType::Inspection => TextKey::ServiceInspection,
        ServiceType::Repair => TextKey::ServiceRepair,
        ServiceType::Unknown(word) => return Text::words(word),
    })
}

pub(crate) fn booking_status(status: &BookingStatus) -> (Text, Tone) {
    match status {
        BookingStatus::Scheduled => (TextKey::BookingScheduled.into(), Tone::Neutral),
        BookingStatus::Confirmed => (TextKey::BookingConfirmed.into(), Tone::Good),
        BookingStatus::InProgress => (TextKey::BookingInProgress.into(), Tone::Neutral),
        BookingStatus::Completed => (TextKey::BookingCompleted.into(), Tone::Good),
        BookingStatus::Cancelled => (TextKey::BookingCancelled.into(), Tone::Neutral),
        BookingStatus::Unknown(word) => (Text::words(word), Tone::Neutral),
    }
}

pub(crate) fn notification_kind(kind: &NotificationKind) -> (Text, Tone) {
    match kind {
        NotificationKind::FailureAlert => (TextKey::NotificationFailureAlert.into(), Tone::Warning),
        NotificationKind::AppointmentReminder => (TextKey::NotificationReminder.into(), Tone::Neutral),
        NotificationKind::AppointmentConfirmation => {
            (TextKey::NotificationConfirmation.into(), Tone::Neutral)
        }
        NotificationKind::EmergencyCall => (TextKey::NotificationEmergencyCall.into(), Tone::Critical),
        NotificationKind::Unknown(word) => (Text::words(word), Tone::Neutral),
    }
}

pub(crate) fn notification_channel(channel: &NotificationChannel) -> Text {
    Text::plain(match channel {
        NotificationChannel::Sms => TextKey::ChannelSms,
        NotificationChannel::Voice => TextKey::ChannelVoice,
        NotificationChannel::Email => TextKey::ChannelEmail,
        NotificationChannel::Push => TextKey::ChannelPush,
        NotificationChannel::Unknown(word) => return Text::words(word),
    })
}

pub(crate) fn role(role: &Role) -> Text {
    Text::plain(match role {
        Role::Customer => TextKey::RoleCustomer,
        Role::Viewer => TextKey::RoleViewer,
        Role::Mechanic => TextKey::RoleMechanic,
        Role::ServiceCenter => TextKey::RoleServiceCenter,
        Role::Admin => TextKey::RoleAdmin,
        Role::Unknown(word) => return Text::words(word),
    })
}
