using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Updates;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Host.Tests.Requests;

public sealed class UploadsTests
{
    private static readonly Sequence<byte> Small = Devices.Program("r0 = 7\nexit");

    [Fact]
    public void An_application_is_uploaded_whole_and_runs()
    {
        var step = Devices.Empty.Receive(Devices.Request(CoapCode.Put, "app/1") with { Payload = Small });
        var again = step.Device.Receive(Devices.Request(CoapCode.Put, "app/1", id: 2) with { Payload = Small });

        step.Answer().Code.ShouldBe(CoapCode.Created);
        again.Answer().Code.ShouldBe(CoapCode.Changed);
        step.Device.Receive(Devices.Request(CoapCode.Get, "c/1", id: 3)).Answer().Text().ShouldBe("7");
    }

    [Fact]
    public void The_owner_is_told_what_became_of_an_upload_once()
    {
        var device = Devices.Empty;
        List<DeviceEffect> told = [];
        var put = Devices.Request(CoapCode.Put, "app/1");
        CoapMessage[] messages =
        [
            .. Devices.Upload(2, [.. Small, .. Small], exponent: 0),
            put with { Payload = Small },
            put with { Payload = [1, 2, 3], MessageId = 2 },
            put with { Payload = new byte[5000].ToSequence(), MessageId = 3 },
            Devices.Request(CoapCode.Put, "app/3?class=eternal", id: 4) with { Payload = Small },
            Devices.Request(CoapCode.Put, "app/9", id: 5) with { Payload = Small },
            Devices.Request(CoapCode.Get, "app/1", id: 6),
            put with { Payload = Small },
        ];
        foreach (var message in messages)
        {
            var step = device.Receive(message);
            device = step.Device;
            told.AddRange(step.Effects.Where(effect => effect is not DeviceEffect.Send));
        }

        told.ShouldBe([
            new DeviceEffect.Updated(2, device.At(2)!.Application.Digest, 0),
            new DeviceEffect.Updated(1, device.At(1)!.Application.Digest, 0),
            new DeviceEffect.UpdateRefused(1, "slot 0: the program has 3 bytes, expected a multiple of 8 bytes"),
            new DeviceEffect.UpdateRefused(1, "the most bytes are 4096"),
            new DeviceEffect.UpdateRefused(3, "no class 'eternal'; there are: logic, snippet"),
        ]);
    }

    [Fact]
    public void The_published_path_uploads_to_the_first_slot() =>
        Devices.Empty.Receive(Devices.Request(CoapCode.Post, "bpf/submit") with { Payload = Small }).Device.At(0).ShouldNotBeNull();

    [Fact]
    public void The_query_says_the_conditions() =>
        Devices.Empty.Receive(Devices.Request(CoapCode.Put, "app/0?profile=rfc9669&class=logic&helpers=10,31") with { Payload = Small })
            .Device.At(0)!.Application.Manifest.ShouldBe(new Manifest(Profile.Rfc9669, BudgetClass.Logic, [0x10, 0x31]));

    [Theory]
    [InlineData("?helpers=10,zz", "'10,zz' lists no helpers; expected ids of two hexadecimal digits, separated by commas")]
    [InlineData("?helpers=99", "the helper 0x99 is granted; a device has none of this id")]
    [InlineData("?class=eternal", "no class 'eternal'; there are: logic, snippet")]
    [InlineData("?profile=none", "no profile 'none'; there are: rbpf, rfc9669")]
    [InlineData("?what", "'what' says nothing here; expected profile=, class= or helpers=")]
    public void Conditions_that_are_none_are_refused(string query, string problem)
    {
        var step = Devices.Empty.Receive(Devices.Request(CoapCode.Put, $"app/0{query}") with { Payload = Small });

        step.Answer().Code.ShouldBe(CoapCode.BadRequest);
        step.Answer().Text().ShouldBe(problem);
        step.Device.At(0).ShouldBeNull();
    }

    [Fact]
    public void Bytes_that_the_reader_refuses_are_a_bad_request_with_its_words()
    {
        var device = Device.Of(Devices.Settings with { Reader = bytes => new UploadContent.Refused($"{bytes.Count} bytes of nothing") });
        var step = device.Receive(Devices.Request(CoapCode.Put, "app/0") with { Payload = Small });

        step.Answer().Code.ShouldBe(CoapCode.BadRequest);
        step.Answer().Text().ShouldBe("16 bytes of nothing");
        step.Device.At(0).ShouldBeNull();
    }

    [Theory]
    [InlineData("call 0x20\nexit", "", "slot 0: ")]
    [InlineData("call 0x20\nexit", "?helpers=10", "slot 0: ")]
    [InlineData("r0 = 1", "", "slot 0: ")]
    public void A_program_that_breaks_the_rules_or_calls_what_it_is_not_granted_is_refused(string program, string query, string problem)
    {
        var device = Devices.Empty.With(0, Devices.Counter);
        var step = device.Receive(Devices.Request(CoapCode.Put, $"app/0{query}") with { Payload = Devices.Program(program) });

        step.Answer().Code.ShouldBe(CoapCode.BadRequest);
        step.Answer().Text().ShouldStartWith(problem);
        Persisted.Of(step.Device).ShouldBe(Persisted.Of(device));
    }

    [Fact]
    public void Another_content_format_is_refused() =>
        Devices.Empty.Receive((Devices.Request(CoapCode.Put, "app/0") with { Payload = Small })
            .With(CoapOption.Of(CoapOptions.ContentFormat, 50)))
            .Answer().Code.ShouldBe(CoapCode.UnsupportedContentFormat);

    [Fact]
    public void A_program_beyond_the_largest_is_too_large_whole_or_in_blocks()
    {
        var large = new byte[5000].ToSequence();
        var whole = Devices.Empty.Receive(Devices.Request(CoapCode.Put, "app/0") with { Payload = large });
        var device = Devices.Empty;
        CoapMessage? last = null;
        foreach (var part in Devices.Upload(0, large, exponent: 6))
        {
            var step = device.Receive(part);
            (device, last) = (step.Device, step.Answer());
            if (last.Code != CoapCode.Continue) break;
        }

        whole.Answer().Code.ShouldBe(CoapCode.RequestEntityTooLarge);
        whole.Answer().Option(CoapOptions.Size1)!.Unsigned.ShouldBe(4096u);
        last!.Code.ShouldBe(CoapCode.RequestEntityTooLarge);
        device.Transfers.ShouldBeEmpty();
    }

    [Fact]
    public void More_uploads_at_a_time_than_there_is_room_for_have_to_wait()
    {
        var parts = Devices.Upload(0, Devices.Program(Devices.Counter), exponent: 0);
        var device = Devices.Empty.Receive(parts[0], "a").Device.Receive(parts[0], "b").Device;

        var third = device.Receive(parts[0], "c");
        var later = third.Device.After(new DeviceEvent.Clock(247_000_000)).Receive(parts[0], "c");

        third.Answer().Code.ShouldBe(CoapCode.ServiceUnavailable);
        third.Answer().Option(CoapOptions.MaxAge).ShouldNotBeNull();
        later.Answer().Code.ShouldBe(CoapCode.Continue);
    }
}
