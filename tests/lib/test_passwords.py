from gongjian.lib.passwords import LENGTH, first_password


def test_first_password_is_long_mixed_and_readable_on_paper():
    made = {first_password() for _ in range(200)}

    assert len(made) == 200
    for password in made:
        assert len(password) == LENGTH
        assert any(map(str.islower, password))
        assert any(map(str.isupper, password))
        assert any(map(str.isdigit, password))
        assert not set(password) & set("0Oo1lI")
