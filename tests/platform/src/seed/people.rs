//! Names, places and makes to draw from.

use super::random::Random;
use crate::store::Center;

/// The password of every account a number seeds.
pub(super) const PASSWORD: &str = "ride-safe-2026";

const FIRST: [&str; 25] = [
    "Aarav", "Priya", "Rohan", "Ananya", "Vikram", "Sneha", "Arjun", "Kavya", "Rahul", "Meera", "Aditya",
    "Ishita", "Karan", "Divya", "Nikhil", "Pooja", "Sanjay", "Lakshmi", "Manish", "Ritu", "Deepak", "Neha",
    "Suresh", "Tara", "Imran",
];
const LAST: [&str; 10] = [
    "Sharma", "Patel", "Reddy", "Iyer", "Singh", "Nair", "Gupta", "Desai", "Khan", "Joshi",
];

/// The name of the `index`th customer: no two share both names.
pub(super) fn name(index: usize, random: &mut Random) -> (&'static str, &'static str) {
    (FIRST[index % FIRST.len()], random.pick::<&str>(&LAST))
}

/// A make and model, with the first eight characters of its VINs.
pub(super) struct Kind {
    pub(super) make: &'static str,
    pub(super) model: &'static str,
    pub(super) maker: &'static str,
    pub(super) code: &'static str,
}

const fn kind(make: &'static str, model: &'static str, maker: &'static str, code: &'static str) -> Kind {
    Kind {
        make,
        model,
        maker,
        code,
    }
}

/// What is driven.
pub(super) const KINDS: [Kind; 14] = [
    kind("Hero MotoCorp", "Splendor Plus", "MBL", "HAR07"),
    kind("Hero MotoCorp", "Xpulse 200", "MBL", "KCW11"),
    kind("Hero MotoCorp", "Glamour", "MBL", "JAR16"),
    kind("Hero MotoCorp", "Super Splendor", "MBL", "JAW08"),
    kind("Hero MotoCorp", "Destini 125", "MBL", "JFW12"),
    kind("Tata", "Nexon", "MAT", "62711"),
    kind("Tata", "Punch", "MAT", "63524"),
    kind("Tata", "Harrier", "MAT", "63103"),
    kind("Maruti Suzuki", "Swift", "MA3", "FHEB1"),
    kind("Maruti Suzuki", "Baleno", "MA3", "EWB22"),
    kind("Maruti Suzuki", "Brezza", "MA3", "NYFJ1"),
    kind("Mahindra", "XUV700", "MA1", "NE2ZT"),
    kind("Mahindra", "Thar", "MA1", "TA2CR"),
    kind("Mahindra", "Scorpio N", "MA1", "ZZ2BM"),
];

/// The service centres.
pub(super) fn centers() -> Vec<Center> {
    let all = [
        (
            "PMI Service Centre - South Delhi",
            "Greater Kailash",
            "Delhi",
            "Delhi",
            "+911123456789",
            15,
        ),
        (
            "PMI Service Centre - Bengaluru",
            "Koramangala",
            "Bengaluru",
            "Karnataka",
            "+918012345678",
            20,
        ),
        (
            "PMI Service Centre - Mumbai",
            "Bandra West",
            "Mumbai",
            "Maharashtra",
            "+912223456789",
            18,
        ),
        (
            "PMI Service Centre - Chennai",
            "T. Nagar",
            "Chennai",
            "Tamil Nadu",
            "+914412345678",
            12,
        ),
        (
            "PMI Service Centre - Hyderabad",
            "Banjara Hills",
            "Hyderabad",
            "Telangana",
            "+914023456789",
            14,
        ),
        (
            "PMI Service Centre - Pune",
            "Kothrud",
            "Pune",
            "Maharashtra",
            "+912012345678",
            10,
        ),
        (
            "PMI Service Centre - Kolkata",
            "Salt Lake",
            "Kolkata",
            "West Bengal",
            "+913312345678",
            8,
        ),
        (
            "PMI Service Centre - Ahmedabad",
            "Navrangpura",
            "Ahmedabad",
            "Gujarat",
            "+917912345678",
            2,
        ),
    ];
    all.into_iter()
        .zip(1..)
        .map(|((name, address, city, state, phone, capacity), id)| Center {
            id,
            name: name.into(),
            address: address.into(),
            city: city.into(),
            state: state.into(),
            phone: Some(phone.into()),
            capacity,
            time_zone: "Asia/Kolkata".into(),
        })
        .collect()
}
