using System.Globalization;
using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Updates;
using RbpfSpec.Images;
using RbpfSpec.Images.Packing;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Bench.Host;

/// <summary>The bytes of an update over the air: datagrams of CoAP in both directions, without those of UDP and IP.</summary>
internal static class OverTheAir
{
    /// <summary>How many bytes of UDP, compressed IPv6 and IEEE 802.15.4 a datagram costs besides, at least: RFC 6282.</summary>
    private const int Below = 23 + 2 + 4;

    /// <summary>Prints a line a program: plain and packed, in blocks of 64 bytes.</summary>
    public static void Print()
    {
        Console.WriteLine("Bytes of an update in blocks of 64 bytes, in both directions; in brackets the datagrams:");
        Console.WriteLine();
        Console.WriteLine("| program | bytes | packed | update | update, packed | saved |");
        Console.WriteLine("|---|---|---|---|---|---|");
        var folder = Path.Combine(Repository.Root, "examples/applications");
        foreach (var path in Directory.GetFiles(folder, "*.o").Order(StringComparer.Ordinal))
        {
            var relative = Path.GetRelativePath(Repository.Root, path);
            var (image, moved) = (OurEngine.Image(relative), Moved(path));
            var packable = ((PackingResult.Loaded)PackedProgram.Of(image, moved)).Program;
            var packed = packable.Pack(HeatshrinkWindow.Small);
            var (plain, less) = (Update(packable.Content), Update(Sequence.Of<byte>(packed)));
            var saved = 1 - ((double)Whole(less) / Whole(plain));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {Path.GetFileNameWithoutExtension(path)} | {packable.Content.Count} | {packed.Length} "
                + $"| {plain.Bytes} ({plain.Datagrams}) | {less.Bytes} ({less.Datagrams}) | {saved:0 %} |"));
        }

        Console.WriteLine();
        Console.WriteLine($"Saved is of the whole on the radio: each datagram costs {Below} bytes below CoAP.");
    }

    private static int Whole((int Bytes, int Datagrams) update) => update.Bytes + (update.Datagrams * Below);

    private static Image Moved(string path) => ((ImageResult.Loaded)ImageFile.Read(
        File.ReadAllBytes(path), new() { BaseAddress = AddressSpace.Image + 0x10_0000 })).Image;

    // A device takes it as it comes.
    private static (int Bytes, int Datagrams) Update(Sequence<byte> content)
    {
        const int exponent = 2;
        var device = Device.Of(new()
        {
            Default = new(Profile.Rbpf, BudgetClass.Logic, HelperCatalogue.Ids),
            Reader = UploadReader.Read,
            Updates = new UpdatePolicy.Unsigned(),
        });
        var (bytes, datagrams, size) = (0, 0, 16 << exponent);
        var count = Math.Max((content.Count + size - 1) / size, 1);
        CoapCode code = default;
        for (var number = 0; number < count; number++)
        {
            var message = new CoapMessage(CoapType.Confirmable, CoapCode.Put, (ushort)number, [(byte)number], [], [])
                .With(CoapOption.Of(CoapOptions.UriPath, "app"))
                .With(CoapOption.Of(CoapOptions.UriPath, "0"))
                .With(new CoapBlock(number, number < count - 1, exponent).ToOption(CoapOptions.Block1)) with
            {
                Payload = Sequence.Of(content.AsSpan()[(number * size)..Math.Min((number + 1) * size, content.Count)]),
            };
            var datagram = Sequence.Of<byte>(CoapWriter.Write(message));
            var step = device.Step(new DeviceEvent.Datagram("device", datagram));
            var reply = step.Effects.OfType<DeviceEffect.Send>().Single().Bytes;
            (device, bytes, datagrams) = (step.Device, bytes + datagram.Count + reply.Count, datagrams + 2);
            code = ((CoapReading.Read)CoapReader.Read(reply.AsSpan())).Message.Code;
        }

        return code == CoapCode.Created ? (bytes, datagrams) : throw new InvalidOperationException($"the update ends with {code}");
    }
}
