namespace RbpfSpec.Host.Tests;

/// <summary>The store against a dictionary that refuses new keys when it is full.</summary>
public sealed class StoreTests
{
    [Fact]
    public void Puts_and_fetches_do_what_a_dictionary_does() =>
        Law.Holds(seed: 81, 500, Session, session =>
        {
            var store = Store<Word>.Empty(session.Capacity);
            var model = new Dictionary<uint, uint>();
            foreach (var (key, value) in session.Puts)
            {
                var accepts = model.ContainsKey(key) || model.Count < session.Capacity;

                store.Accepts(W(key)).Value.ShouldBe(accepts);
                store = store.Put(W(key), W(value));
                if (accepts) model[key] = value;

                for (var any = 0u; any < 8; any++)
                    store.Fetch(W(any)).ShouldBe(W(model.GetValueOrDefault(any)));
            }
        });

    [Fact]
    public void An_old_version_keeps_its_pairs()
    {
        var empty = Store<Word>.Empty(2);
        var one = empty.Put(W(5), W(1));

        one.Put(W(5), W(2)).Fetch(W(5)).ShouldBe(W(2));

        one.Fetch(W(5)).ShouldBe(W(1));
        empty.Fetch(W(5)).ShouldBe(W(0));
    }

    [Fact]
    public void Fetching_a_missing_key_takes_no_place()
    {
        var store = Store<Word>.Empty(1);

        store.Fetch(W(1)).ShouldBe(W(0));

        store.Accepts(W(2)).Value.ShouldBeTrue();
    }

    [Fact]
    public void The_key_zero_is_a_key_like_others()
    {
        var store = Store<Word>.Empty(1).Put(W(0), W(7));

        store.Fetch(W(0)).ShouldBe(W(7));
        store.Accepts(W(1)).Value.ShouldBeFalse();
        store.Accepts(W(0)).Value.ShouldBeTrue();
    }

    private static (int Capacity, (uint Key, uint Value)[] Puts) Session(Dice dice) => (
        dice.Between(0, 5), dice.Several(12, _ => ((uint)dice.Between(0, 7), (uint)dice.Next())));

    private static Word W(uint value) => Word.Wrap(value, Width.Bits32);
}
