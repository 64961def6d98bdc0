use super::Format;

#[test]
fn a_format_has_the_name_that_it_is_found_by() {
    for format in Format::ALL {
        assert_eq!(Format::from_name(format.name()), Some(*format));
    }
    assert_eq!(Format::from_name("phone"), None);
}
