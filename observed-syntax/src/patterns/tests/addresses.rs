use super::*;

#[test]
fn public_addresses_are_personal_and_those_of_networks_and_of_ones_own_are_not() {
    assert_found(
        Pattern::Ip,
        &[
            ("note", "198.51.100.23"),
            ("note", "from 8.8.8.8:443, twice"),
            ("client.address", "198.51.100.23"),
            ("note", "http://198.51.100.23/x"),
            ("note", "198.51.100.23/32"),
            ("note", "2001:db8:85a3::8a2e:370:7334"),
            ("note", "[2001:db8::1]:443"),
            ("note", "::ffff:198.51.100.23"),
            ("source.address", "2001:db8::8a2e:370:7334"),
        ],
    );
    assert_clean(&[
        ("server.address", "198.51.100.23"),
        ("host.ip", "2001:db8::8a2e:370:7334"),
        ("note", "127.0.0.1"),
        ("note", "0.0.0.0"),
        ("note", "10.85.0.7"),
        ("note", "192.168.1.10"),
        ("note", "169.254.1.1"),
        ("note", "198.51.100.0/24"),
        ("note", "2001:db8::/32"),
        ("note", "::1"),
        ("note", "fe80::1"),
        ("note", "fd00::1"),
        ("note", "1.2.3.4.5"),
        ("note", "Firefox/1.2.3.4"),
        ("note", "version 1.2.3.4"),
        ("note", "1.2.3.400"),
        ("note", "dead::beef"),
        ("note", "2026-11-23T10:15:30Z"),
    ]);
}

#[test]
fn a_hardware_address_is_six_pairs_and_no_part_of_more() {
    assert_found(
        Pattern::Mac,
        &[
            ("note", "00:1A:2B:3C:4D:5E"),
            ("note", "mac=00-1a-2b-3c-4d-5e."),
            ("note", "a0:1A:2B:3C:4D:5E up"),
            ("note", "001a.2b3c.4d5e"),
        ],
    );
    assert_clean(&[
        ("note", "00:1A:2B:3C:4D:5E:6F"),
        ("note", "00:1A:2B:3C:4D"),
        ("note", "00:00:00:00:00:00"),
        ("note", "ff:ff:ff:ff:ff:ff"),
        ("host.mac", "00:1A:2B:3C:4D:5E"),
        ("note", "00:1A-2B:3C:4D:5E"),
        ("note", "00:1G:2B:3C:4D:5E"),
    ]);
}

#[test]
fn accounts_and_wallets_need_their_checks() {
    assert_found(
        Pattern::Account,
        &[
            ("note", "DE89 3704 0044 0532 0130 00"),
            ("note", "iban de89370400440532013000"),
            ("note", "GB29-NWBK-6016-1331-9268-19"),
            ("note", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"),
            ("note", "0x52908400098527886E0F7030069857D2E4169EE7"),
            ("pix", "7d9f0335-8dcc-4054-9bf9-0dbd61d36906"),
            ("note", "chave pix 7d9f0335-8dcc-4054-9bf9-0dbd61d36906"),
        ],
    );
    assert_clean(&[
        ("note", "DE89 3704 0044 0532 0130 01"),
        ("note", "DE89 3704 0044 0532 0130"),
        ("note", "ZZ89 3704 0044 0532 0130 00"),
        ("note", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdx"),
        ("note", "0x52908400098527886E0F7030069857D2E4169EE"),
        ("request.id", "7d9f0335-8dcc-4054-9bf9-0dbd61d36906"),
    ]);
}

#[test]
fn a_plate_is_the_whole_text_or_is_announced() {
    assert_found(
        Pattern::Plate,
        &[
            ("note", "ABC1D23"),
            ("note", "placa abc1d23"),
            ("note", "placa ABC-1234"),
            ("vehicle", "ABC1234"),
        ],
    );
    assert_clean(&[
        ("note", "ABC-1234"),
        ("note", "part ABC1D23 of the code"),
        ("note", "abc1d23"),
        ("note", "ISO-8601"),
        ("note", "plate number missing"),
    ]);
}

#[test]
fn places_and_home_folders_say_where_somebody_is() {
    assert_found(
        Pattern::Place,
        &[
            ("note", "-23.561414,-46.655881"),
            ("note", "lat/lon 48.85837, 2.29448"),
        ],
    );
    assert_found(
        Pattern::Home,
        &[
            ("note", "/home/maria.souza/notes.txt"),
            ("note", "C:\\Users\\Maria.Souza\\notes.txt"),
        ],
    );
    assert_clean(&[
        ("note", "0.12345, 0.23456"),
        ("note", "12.3456, 45.6789, 78.9012"),
        ("note", "-23.56,-46.65"),
        ("note", "-23.561414 -46.655881"),
        ("note", "-93.561414,-46.655881"),
        ("note", "/home/app/main.rs"),
        ("note", "/home/config.yaml"),
        ("note", "/homes/maria.souza"),
    ]);
}

#[test]
fn what_only_looks_like_an_e_mail_address_is_none() {
    assert_found(
        Pattern::Email,
        &[
            ("note", "\"ana souza\"@example.com"),
            ("note", "ana@[203.0.113.7]"),
            ("note", "ana@latest.com"),
            ("note", "ana@next.de"),
            ("note", "<maria1990@example.com>"),
            ("note", "ana@163.com"),
        ],
    );
    assert_clean(&[
        ("note", "git@github.com:owner/name.git"),
        ("note", "icon@2x.png"),
        ("note", "logo@large.svg"),
        ("note", "pkg@1.2.beta"),
        ("note", "pkg@v1.2.beta"),
        ("note", "pkg@latest.note"),
        ("note", "getty@tty1.service"),
        ("note", "<813467285efcd529.2410152734@mail.example.com>"),
        ("note", "postgres://app@db.example.com:5432/orders"),
        (
            "note",
            "{\"@context\":\"https://schema.example\",\"@type.name\":1}",
        ),
    ]);
}
