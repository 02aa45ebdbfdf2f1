//! What is changed in the generated Swift, and why. Each place is looked for, so that a new generator cannot lose a change unseen.

/// A number of a record is read by one load, not by a copy of a range: most of what lifting a long list takes.
const COPIES: &str =
    "    let _ = withUnsafeMutableBytes(of: &value, { reader.data.copyBytes(to: $0, from: range)})\n";
const LOADS: &str = "    value = reader.data.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: range.lowerBound, as: T.self) }\n";

/// A string is decoded where it lies, not in an array made for it.
const BY_ARRAY: &str =
    "        return String(decoding: try readBytes(&buf, count: Int(len)), as: UTF8.self)\n";
const IN_PLACE: &str = "        let range = buf.offset..<(buf.offset + Int(len))
        guard buf.data.count >= range.upperBound else {
            throw UniffiInternalError.bufferOverflow
        }
        buf.offset = range.upperBound
        return buf.data.withUnsafeBytes { String(decoding: $0[range], as: UTF8.self) }
";

/// The code as it is packed.
pub(super) fn edit(code: &str) -> Result<String, String> {
    for place in [COPIES, BY_ARRAY] {
        if code.matches(place).count() != 1 {
            let place = place.trim();
            return Err(format!(
                "the generated Swift has another form than it had: `{place}` is not there once"
            ));
        }
    }
    Ok(code.replace(COPIES, LOADS).replace(BY_ARRAY, IN_PLACE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_places_are_changed_and_a_lost_one_is_an_error() {
        let code = format!("a\n{COPIES}b\n{BY_ARRAY}c\n");
        assert_eq!(edit(&code).unwrap(), format!("a\n{LOADS}b\n{IN_PLACE}c\n"));
        assert!(edit(COPIES).is_err());
    }
}
