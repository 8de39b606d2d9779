using RbpfSpec.Host.Model;

namespace RbpfSpec.Host.Tests.Model;

public sealed class RememberedQueueTests
{
    // A list of all that came, of which the last ones count.
    [Fact]
    public void They_are_the_latest_in_order_and_found_by_peer_and_id_until_their_time() =>
        Law.Holds(seed: 2501, 200, dice => (Most: dice.Between(1, 9), Messages: dice.Several(60, Drawn)), drawn =>
        {
            var messages = RememberedQueue.None;
            List<Remembered> expected = [];
            for (var i = 0; i < drawn.Messages.Length; i++)
            {
                var message = drawn.Messages[i] with { Ends = (ulong)(i + 20) };
                messages = messages.Add(message, drawn.Most).At((ulong)i);
                expected.Add(message);
                if (expected.Count > drawn.Most) expected.RemoveAt(0);
                expected.RemoveAll(one => one.Ends <= (ulong)i);

                messages.ShouldBe(expected);
                messages.Count.ShouldBe(expected.Count);
                foreach (var one in expected)
                {
                    var now = (ulong)i;
                    messages.Find(one.Peer, one.MessageId, now)
                        .ShouldBe(expected.First(other => other.Peer == one.Peer && other.MessageId == one.MessageId));
                }

                messages.Find("nobody", message.MessageId, 0).ShouldBeNull();
                messages.Find(message.Peer, message.MessageId, message.Ends).ShouldBeNull();
            }
        });

    // Each message goes to any of the values that there are: all others stay what they were.
    [Fact]
    public void What_comes_after_one_changes_no_other() =>
        Law.Holds(seed: 2502, 100, dice => (Most: dice.Between(1, 9), Steps: dice.Several(60, Step)), drawn =>
        {
            List<(RememberedQueue Queue, Remembered[] Messages)> values = [(RememberedQueue.None, [])];
            foreach (var (from, message) in drawn.Steps)
            {
                var (queue, messages) = values[from % values.Count];
                Remembered[] expected = [.. messages, message];
                values.Add((queue.Add(message, drawn.Most), expected[Math.Max(0, expected.Length - drawn.Most)..]));

                foreach (var value in values)
                {
                    value.Queue.ShouldBe(value.Messages);
                    value.Queue.Find(message.Peer, message.MessageId, 0)
                        .ShouldBe(value.Messages.FirstOrDefault(one => one.Peer == message.Peer && one.MessageId == message.MessageId));
                }
            }
        });

    [Fact]
    public void They_are_compared_by_what_they_are()
    {
        var message = new Remembered("a", 1, [2], 3);

        RememberedQueue.None.Add(message, 4).ShouldBe(RememberedQueue.None.Add(message with { }, 4));
        RememberedQueue.None.Add(message, 4).ShouldNotBe(RememberedQueue.None.Add(message with { Ends = 4 }, 4));
    }

    private static (int From, Remembered Message) Step(Dice dice) => (dice.Between(0, 1000), Drawn(dice) with { Ends = 20 });

    private static Remembered Drawn(Dice dice) =>
        new(dice.Pick("a", "b"), dice.Pick<ushort>(0, 1, 64, 65, 128, 7), Sequence.Of<byte>(dice.Bytes(2)), 0);
}
