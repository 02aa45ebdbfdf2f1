//! A name in each language's fashion. In the token files it is in camel case: letters and digits, the first a small one.

/// `gearBox` as `GEAR_BOX`.
pub(super) fn shouted(name: &str) -> String {
    snake(name).to_ascii_uppercase()
}

/// `gearBox` or `GearBox` as `gear_box`.
pub(super) fn snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// `GearBox` as `gearBox`.
pub(super) fn camel(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_ascii_lowercase().to_string() + letters.as_str()
    })
}

/// Whether it is one.
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric())
}

/// A number without zeros at its end.
pub(super) fn number(value: f64) -> String {
    let mut text = format!("{value:.2}");
    text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    if text == "-0" { "0".to_owned() } else { text }
}

/// A string that both Kotlin and Swift read as this one, with what it begins and ends with.
pub(super) fn quoted(text: &str, escaped: &[char]) -> String {
    let mut quoted = String::from('"');
    for letter in text.chars() {
        match letter {
            '\n' => quoted.push_str("\\n"),
            _ => {
                if escaped.contains(&letter) {
                    quoted.push('\\');
                }
                quoted.push(letter);
            }
        }
    }
    quoted.push('"');
    quoted
}

/// How long a generated line gets, if it can be broken.
const WIDTH: usize = 140;

/// Words in lines: `between` two of one line, `broken` between two lines.
pub(super) fn wrapped(words: &[String], between: &str, broken: &str) -> String {
    let mut text = String::new();
    let mut length = broken.len();
    for word in words {
        if text.is_empty() {
            length += word.len();
        } else if length + between.len() + word.len() <= WIDTH {
            text.push_str(between);
            length += between.len() + word.len();
        } else {
            text.push_str(broken);
            length = broken.len() + word.len();
        }
        text.push_str(word);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_written_as_each_language_writes_it() {
        assert_eq!(shouted("vehicleBook"), "VEHICLE_BOOK");
        assert_eq!(shouted("ProblemNoNetwork"), "PROBLEM_NO_NETWORK");
        assert_eq!(camel("ProblemNoNetwork"), "problemNoNetwork");
        assert!(
            is_name("vehicleBook") && !is_name("VehicleBook") && !is_name("vehicle_book") && !is_name("")
        );
    }

    #[test]
    fn a_number_is_as_short_as_it_can_be() {
        for (value, text) in [
            (1.5, "1.5"),
            (20.0, "20"),
            (0.25, "0.25"),
            (-0.001, "0"),
            (9.8764, "9.88"),
        ] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn words_go_into_lines_of_a_length() {
        let words = ["a".repeat(60), "b".repeat(60), "c".repeat(60)];
        let text = wrapped(&words, ", ", ",\n");
        assert_eq!(text, format!("{}, {},\n{}", words[0], words[1], words[2]));
    }

    #[test]
    fn what_a_language_reads_in_a_string_is_escaped() {
        assert_eq!(
            quoted("a \"b\" $c\\\n", &['"', '\\', '$']),
            r#""a \"b\" \$c\\\n""#
        );
    }
}
