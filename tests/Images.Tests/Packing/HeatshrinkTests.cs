using RbpfSpec.Images.Packing;

namespace RbpfSpec.Images.Tests.Packing;

public sealed class HeatshrinkTests : IDisposable
{
    private const int Cases = 300;

    private static readonly HeatshrinkWindow[] Windows =
        [HeatshrinkWindow.Small, HeatshrinkWindow.Large, new(4, 3), new(6, 3), new(9, 8), new(11, 4), new(15, 14)];

    private readonly string folder = Directory.CreateTempSubdirectory("rbpf-heatshrink-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_is_encoded_is_what_is_decoded() =>
        Law.Holds(89, Cases, dice => (dice.Any(), dice.Pick<HeatshrinkWindow>(Windows)), drawn =>
            Heatshrink.Decode(Heatshrink.Encode(drawn.Item1, drawn.Item2), drawn.Item2).ShouldBe(drawn.Item1));

    [Fact]
    public void A_stream_is_never_longer_than_single_bytes() =>
        Law.Holds(89, Cases, dice => (dice.Any(), dice.Pick<HeatshrinkWindow>(Windows)), drawn =>
            Heatshrink.Encode(drawn.Item1, drawn.Item2).Length.ShouldBeLessThanOrEqualTo(((9 * drawn.Item1.Length) + 7) / 8));

    [Fact]
    public void Every_stream_is_decoded_to_something() =>
        Law.Holds(89, Cases, dice => (dice.Bytes(dice.Between(0, 200)), dice.Pick<HeatshrinkWindow>(Windows)), drawn =>
            Heatshrink.Decode(drawn.Item1, drawn.Item2, most: 1 << 24).ShouldNotBeNull());

    [Fact]
    public void More_bytes_than_are_wanted_are_not_yielded()
    {
        var stream = Heatshrink.Encode(new byte[100], HeatshrinkWindow.Small);

        Heatshrink.Decode(stream, HeatshrinkWindow.Small, most: 100).ShouldBe(new byte[100]);
        Heatshrink.Decode(stream, HeatshrinkWindow.Small, most: 99).ShouldBeNull();
    }

    // Byte for byte the streams differ, because there are several of one length; and ours are at most as long.
    [Fact]
    [Trait("Needs", "compiler")]
    public void The_reference_reads_ours_and_we_read_the_references()
    {
        var program = CPrograms.Heatshrink(folder);
        List<(HeatshrinkWindow Window, byte[] Bytes)> inputs = [];
        Law.Holds(
            89, Cases, dice => (dice.Pick<HeatshrinkWindow>(Windows), (byte[])[(byte)dice.Next(), .. dice.Any()]), inputs.Add);
        var ours = inputs.ConvertAll(input => Heatshrink.Encode(input.Bytes, input.Window));

        var theirs = CPrograms.Heatshrink(program, inputs.Select(input => (true, input.Window, input.Bytes)));
        var decoded = CPrograms.Heatshrink(program, inputs.Select((input, index) => (false, input.Window, ours[index])));

        for (var index = 0; index < inputs.Count; index++)
        {
            var (window, bytes) = inputs[index];
            decoded[index].ShouldBe(bytes, $"{window}: the reference reads {Convert.ToHexStringLower(ours[index])} otherwise");
            Heatshrink.Decode(theirs[index], window)
                .ShouldBe(bytes, $"{window}: {Convert.ToHexStringLower(theirs[index])} is the reference's");
            ours[index].Length.ShouldBeLessThanOrEqualTo(theirs[index].Length);
        }
    }

    // Of noise, too: what a stream says does not depend on who wrote it.
    [Fact]
    [Trait("Needs", "compiler")]
    public void Noise_says_the_same_to_the_reference()
    {
        var program = CPrograms.Heatshrink(folder);
        List<(HeatshrinkWindow Window, byte[] Bytes)> inputs = [];
        Law.Holds(90, Cases, dice => (dice.Pick<HeatshrinkWindow>(Windows), dice.Bytes(dice.Between(1, 100))), inputs.Add);

        CPrograms.Heatshrink(program, inputs.Select(input => (false, input.Window, input.Bytes)))
            .ShouldBe(inputs.Select(input => Heatshrink.Decode(input.Bytes, input.Window, most: 1 << 24)!));
    }
}
