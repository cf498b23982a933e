use super::super::find_number;
use super::*;

#[test]
fn groups_of_digits_are_a_number_whatever_stands_between() {
    assert_found(
        Pattern::Cpf,
        &[
            ("note", "529,982,247-25"),
            ("note", "529 982 247 25"),
            ("note", "529_982_247_25"),
            ("note", "529.982.247 - 25"),
            ("note", "***.982.247-**"),
            ("note", "XXX.982.247-XX"),
        ],
    );
    assert_found(
        Pattern::Card,
        &[
            ("note", "4111  1111  1111  1111"),
            ("note", "4111\n1111\n1111\n1111"),
            ("note", "411111******1111"),
            ("note", "411111XXXXXX1111"),
        ],
    );
    assert_clean(&[
        ("note", "529.982.247,25"),
        ("note", "R$ 1.529.982.247,25"),
        ("note", "USD 529,982,247.25"),
        ("note", "0x411111******1111"),
        ("note", "***.982.247"),
    ]);
}

#[test]
fn a_text_that_is_nothing_but_the_number_needs_no_other_sign() {
    assert_found(
        Pattern::Cpf,
        &[("note", "52998224725"), ("message", " 52998224725 ")],
    );
    assert_found(Pattern::Cnpj, &[("note", "11222333000181")]);
    assert_found(
        Pattern::Card,
        &[("note", "4111111111111111"), ("input", "378282246310005")],
    );
    assert_found(Pattern::Phone, &[("note", "11912345678")]);
    assert_clean(&[
        ("order.id", "52998224725"),
        ("elapsed_ns", "11912345678"),
        ("document", "11912345678"),
        ("trace", "4111111111111111"),
        ("note", "took 52998224725 steps"),
        ("note", "52898224725"),
        ("note", "10912345678"),
        ("note", "11222333000182"),
        ("note", "4111111111111112"),
    ]);
}

#[test]
fn documents_of_a_person_need_their_check_digits_and_a_second_sign() {
    assert_found(
        Pattern::PersonNumber,
        &[
            ("note", "PIS 120.56412.54-5"),
            ("note", "120.56412.54-5"),
            ("pis", "12056412545"),
            ("note", "1023 8501 0671"),
            ("note", "titulo 102385010671"),
            ("note", "CNS: 700000000000005"),
            ("note", "700 0000 0000 0005"),
            ("cnh", "62472927637"),
            ("note", "motorista 62472927637"),
            ("note", "12.345.678-9"),
            ("note", "12.345.678-X"),
            ("rg", "123456789"),
            ("note", "078-05-1120"),
            ("note", "078 05 1120"),
            ("ssn", "078051120"),
            ("note", "nascido em 31/01/1990"),
            ("birth_date", "1990-01-31"),
            ("note", "IMEI 490154203237518"),
        ],
    );
    assert_clean(&[
        ("note", "PIS 120.56412.54-6"),
        ("note", "1023 8501 0672"),
        ("note", "titulo 102385010672"),
        ("note", "CNS: 700000000000006"),
        ("note", "cnh 62472927638"),
        ("note", "motor 62472927637"),
        ("note", "12.345.678"),
        ("note", "ordem 12.345.678/0001-00 inválida"),
        ("note", "000-05-1120"),
        ("note", "078-00-1120"),
        ("note", "2026-11-23"),
        ("note", "1.078-05-1120"),
        ("note", "created 1990-01-31"),
        ("note", "IMEI 490154203237519"),
    ]);
}

#[test]
fn telephone_numbers_are_found_as_people_write_them() {
    assert_found(
        Pattern::Phone,
        &[
            ("note", "+5511912345678"),
            ("note", "tel:+1-415-555-0132"),
            ("note", "+351 912 345 678"),
            ("note", "+(55) 11 91234-5678"),
            ("note", "(11) 91234-5678"),
            ("note", "11 3123-4567"),
            ("note", "55 11 91234 5678"),
            ("note", "(415) 555-0132"),
            ("note", "call 1-415-555-0132 now"),
            ("note", "telefone 3123 4567"),
            ("customer.phone", "31234567"),
            ("note", "%2B5511912345678"),
        ],
    );
    assert_clean(&[
        ("note", "12+5511912345678"),
        ("note", "+1234567 rows"),
        ("note", "T10:15:30+0300"),
        ("note", "(10) 91234-5678"),
        ("note", "(115) 555-0132"),
        ("note", "telefone atualizado 2026-11-23"),
        ("phone.model", "iPhone15,3"),
        ("phone.calls", "12.345.678"),
    ]);
}

#[test]
fn numbers_without_form_need_a_telling_key() {
    for (number, key, expected) in [
        (52_998_224_725, "document", Some(Pattern::Cpf)),
        (1_234_567_890, "cpf", Some(Pattern::Cpf)),
        (52_998_224_725, "note", None),
        (11_912_345_678, "elapsed_ns", None),
        (11_912_345_678, "note", None),
        (11_912_345_678, "phone", Some(Pattern::Phone)),
        (4_111_111_111_111_111, "card", Some(Pattern::Card)),
        (4_111_111_111_111_111, "order", None),
        (102_385_010_671, "titulo", Some(Pattern::PersonNumber)),
        (12_056_412_545, "pis", Some(Pattern::PersonNumber)),
        (11_222_333_000_181, "cnpj", Some(Pattern::Cnpj)),
        (-52_998_224_725, "document", None),
        (9_999_999, "phone", None),
    ] {
        assert_eq!(find_number(number, key), expected, "{key} = {number}");
    }
}
