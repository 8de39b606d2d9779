using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Updates;
using RbpfSpec.Images.Packing;
using RbpfSpec.Images.Rbf;
using RbpfSpec.Images.Tests.Elf;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Images.Tests;

public sealed class UploadReaderTests
{
    private static readonly DeviceSettings Settings = Devices.Settings with
    {
        Reader = UploadReader.Read,
        Default = new(Profile.Rbpf, Host.Containers.BudgetClass.Snippet, HelperCatalogue.Ids),
    };

    // With data in .rodata, .data and .bss, and without.
    [Theory]
    [InlineData("examples/greeting.o", false)]
    [InlineData("examples/applications/thread_log.o", true)]
    [InlineData("examples/applications/counter.o", true)]
    public void Every_form_of_a_program_is_the_same_program(string path, bool hasContainer)
    {
        var file = File.ReadAllBytes(Path.Combine(Repository.Root, path));
        var image = Reading.Image(file);
        var moved = Reading.Image(file, new() { BaseAddress = AddressSpace.Image + 0x0800_0000 });
        List<byte[]> forms = [file, new PackedProgram(Sequence.Of<byte>(file)).Pack(HeatshrinkWindow.Small)];
        if (image.Regions.IsEmpty) forms.Add([.. image.Program]);
        RbfWriter.TryWrite(image, moved, out var container, out _).ShouldBe(hasContainer);
        if (container is not null)
            forms.AddRange([container, new PackedProgram(Sequence.Of<byte>(container), image.Entry).Pack(HeatshrinkWindow.Large)]);

        foreach (var form in forms)
        {
            var read = UploadReader.Read(Sequence.Of<byte>(form)).ShouldBeOfType<UploadContent.Program>();

            read.Entry.ShouldBe(image.Entry);
            read.Bytes.ShouldBe(image.Program);

            // A container ends its data at a multiple of 8 bytes.
            read.Regions.Select(region => (region.Start.Value, (region.Length.Value + 7) / 8, region.Writable.Value))
                .ShouldBe(image.Regions.Select(region =>
                    (region.Address, ((ulong)region.Bytes.Count + 7) / 8, region.Permission.HasFlag(Permission.Write))));
        }
    }

    [Fact]
    public void An_object_brings_its_lines_of_source_along()
    {
        var file = File.ReadAllBytes(Path.Combine(Repository.Root, "tests/Images.Tests/Lines/lines.o"));
        var image = Reading.Image(file);
        image.Lines.ShouldNotBeEmpty();

        var read = UploadReader.Read(Sequence.Of<byte>(file)).ShouldBeOfType<UploadContent.Program>();

        read.Lines.Select(line => line.Text).ShouldBe(image.Lines.Select(line => line.Source?.ToString() ?? ""));
        var application = Device.Of(Settings with { LargestProgram = 1 << 16 }).Settings
            .Admit(new(Profile.Rbpf, Host.Containers.BudgetClass.Logic, HelperCatalogue.Ids), Sequence.Of<byte>(file), out var problem)
            .ShouldNotBeNull(problem);
        for (var slot = 0; slot < image.Program.Count / 8; slot++)
            application.SourceAt(slot).ShouldBe(image.SourceAt((ulong)slot)?.ToString() ?? "");
    }

    [Fact]
    public void A_program_with_data_runs_with_them()
    {
        var device = Device.Of(Settings);
        foreach (var block in Devices.Upload(2, Sequence.Of<byte>(Repository.Example("greeting")), exponent: 4))
            device = device.Receive(block).Device;

        // Deviation D-28: each run finds the data as they were installed.
        device.Run(2, 7, 0, 0, 0).Effects.ShouldContain(new DeviceEffect.Printed(2, "greeting 1 of reader 7\n"));
        device.After(new DeviceEvent.Restart()).Run(2, 8, 0, 0, 0).Result().ShouldBe('r' + 8UL + 1);
    }

    [Fact]
    public void A_helper_is_called_by_its_name()
    {
        var elf = new ElfWriter()
            .Code("p", "85100000ffffffff", "9500000000000000")
            .Symbol("bpf_saul_reg_find_nth", ElfWriter.GlobalLabel, 0).Relocation(1, 0, 10, 1).Bytes();

        var read = UploadReader.Read(Sequence.Of<byte>(elf)).ShouldBeOfType<UploadContent.Program>();

        Convert.ToHexStringLower(read.Bytes.AsSpan()).ShouldBe("8500000030000000" + "9500000000000000");
    }

    public static TheoryData<byte[], string> Malformed => new()
    {
        { "\u007fELF"u8.ToArray(), "ELF header: the file ends after 4 bytes; the header has 64" },
        { "rBPF"u8.ToArray(), "RBF header: the file ends after 4 bytes; the header has 28" },
        { "rBPK\u0001"u8.ToArray(), "packed program, length: the file ends in it" },
        { "no program"u8.ToArray(), "slot 0: the program has 10 bytes, expected a multiple of 8 bytes" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Bytes_that_hold_no_program_are_refused_with_the_reason(byte[] bytes, string problem)
    {
        var device = Device.Of(Settings).With(0, Devices.Counter);

        var step = device.Receive(Devices.Request(CoapCode.Put, "app/0") with { Payload = Sequence.Of<byte>(bytes) });

        step.Answer().Code.ShouldBe(CoapCode.BadRequest);
        step.Answer().Text().ShouldBe(problem);
        Persisted.Of(step.Device).ShouldBe(Persisted.Of(device));
    }

    // Whatever is changed, cut or put in, there is an answer, and a program that is no larger than the device takes.
    [Fact]
    public void No_upload_makes_the_reader_throw()
    {
        byte[][] files =
        [
            Repository.Example("greeting"), Repository.Application("thread_log"),
            new PackedProgram(Sequence.Of<byte>(Repository.Example("greeting"))).Pack(HeatshrinkWindow.Small),
        ];
        for (var seed = 1; seed <= 3000; seed++)
        {
            var dice = new Dice((ulong)seed);
            var file = files[seed % files.Length].ToArray();
            for (var changes = dice.Between(1, 8); changes > 0; changes--) file[dice.Between(0, file.Length - 1)] = (byte)dice.Next();
            if (dice.OnceIn(4)) file = file[..dice.Between(0, file.Length)];

            var application = Should.NotThrow(
                () => Settings.Admit(Settings.Default, Sequence.Of<byte>(file), out _), $"seed {seed}");

            if (application is null) continue;
            ((ulong)application.Program.Count + application.Regions.Aggregate(0UL, (sum, region) => sum + region.Length.Value))
                .ShouldBeLessThanOrEqualTo((ulong)Settings.LargestProgram, $"seed {seed}");
        }
    }
}
