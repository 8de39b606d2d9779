using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Updates;

namespace RbpfSpec.Host.Tests.Updates;

public sealed class BlocksTests
{
    private static readonly Sequence<byte> New = Devices.Program(string.Join('\n', Enumerable.Repeat("r0 = 2", 12)) + "\nexit");

    private static readonly Device Old = Devices.Empty.With(0, "r0 = 1\nexit");

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(6)]
    public void The_blocks_make_up_what_was_cut(int exponent)
    {
        var device = Old;
        var parts = Devices.Upload(0, New, exponent);
        foreach (var part in parts)
        {
            var step = device.Receive(part);
            step.Answer().Code.ShouldBe(part == parts[^1] ? CoapCode.Changed : CoapCode.Continue);
            step.Answer().Option(CoapOptions.Block1).ShouldBe(part.Option(CoapOptions.Block1));
            device = step.Device;
        }

        device.At(0)!.Application.Program.ShouldBe(New);
        device.Transfers.ShouldBeEmpty();
    }

    // Blocks lost, sent twice as the same message or as another, swapped; losses of power; another sender between them.
    [Fact]
    public void Whatever_happens_the_application_is_the_one_before_or_after_the_last_acknowledged_update() =>
        Law.Holds(seed: 2301, 150, dice => dice.Several(60, one => (Act: one.Between(0, 9), Part: one.Between(0, 2))), acts =>
        {
            var parts = Devices.Upload(0, New, exponent: 1);
            var (device, next, isNew, id) = (Old, 0, false, (ushort)1000);
            foreach (var (act, any) in acts)
            {
                if (act == 0)
                {
                    var persisted = Persisted.Of(device);
                    device = device.After(new DeviceEvent.Restart());
                    Persisted.Of(device).ShouldBe(persisted);
                    device.Transfers.ShouldBeEmpty();
                    continue;
                }

                // Mostly what comes next; else any part. Mostly a message of its own; else the same as before.
                var number = act < 8 ? next % parts.Length : any * (parts.Length - 1) / 2;
                var message = parts[number] with { MessageId = act == 7 ? id : ++id };
                var step = device.Receive(message, act == 9 ? "[::1]:1" : Devices.Peer);
                var code = step.Answer().Code;
                if (code == CoapCode.Changed) isNew = true;
                if (act < 8 && code == CoapCode.Continue) next = number + 1;
                if (act < 8 && code == CoapCode.RequestEntityIncomplete) next = 0;
                device = step.Device;
                device.At(0)!.Application.Program.ShouldBe(isNew ? New : Old.At(0)!.Application.Program);
            }
        });

    [Fact]
    public void A_block_out_of_order_is_refused_and_the_upload_goes_on()
    {
        var parts = Devices.Upload(0, New, exponent: 1);
        var device = Old.Receive(parts[0]).Device;

        var skipped = device.Receive(parts[2]);
        var next = skipped.Device.Receive(parts[1]);

        skipped.Answer().Code.ShouldBe(CoapCode.RequestEntityIncomplete);
        next.Answer().Code.ShouldBe(CoapCode.Continue);
    }

    [Fact]
    public void The_first_block_begins_anew()
    {
        var device = Old.Receive(Devices.Upload(0, Devices.Program(Devices.Counter), exponent: 0)[0]).Device;
        foreach (var part in Devices.Upload(0, New, exponent: 0, id: 200)) device = device.Receive(part).Device;

        device.At(0)!.Application.Program.ShouldBe(New);
    }

    [Fact]
    public void Two_senders_do_not_mix_their_blocks()
    {
        var (mine, other) = (Devices.Upload(0, New, exponent: 0), Devices.Upload(1, Devices.Program(Devices.Faulty), exponent: 0));
        var device = Old;
        for (var i = 0; i < mine.Length; i++)
        {
            device = device.Receive(mine[i], "a").Device;
            if (i < other.Length) device = device.Receive(other[i], "b").Device;
        }

        device.At(0)!.Application.Program.ShouldBe(New);
        device.At(1)!.Application.Program.ShouldBe(Devices.Program(Devices.Faulty));
    }

    [Theory]
    [InlineData(0, true, 0, 15, "block 0 has 15 bytes; expected 16")]
    [InlineData(0, false, 0, 17, "the last block has 17 bytes; the most are 16")]
    public void A_block_has_the_size_that_it_says(int number, bool more, int exponent, int count, string problem) =>
        Blocks.Take("a", "r", null, new CoapBlock(number, more, exponent), new byte[count].ToSequence(), 100, now: 0)
            .ShouldBe(new BlockReceipt.Refused(CoapCode.BadRequest, problem));

    // A number that no upload reaches must not wrap around.
    [Fact]
    public void The_greatest_number_is_too_large() =>
        Blocks.Take("a", "r", null, new CoapBlock((1 << 20) - 1, false, 6), [], int.MaxValue / 4, now: 0)
            .ShouldBeOfType<BlockReceipt.Refused>().Code.ShouldBe(CoapCode.RequestEntityTooLarge);
}
