using System.Diagnostics;
using System.Globalization;
using System.Text;
using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Updates;

namespace RbpfSpec.Host.Requests;

/// <summary>Applications that come over the network, whole or in blocks; visible at once when the last block is there.</summary>
internal static class Uploads
{
    /// <summary>The device after a part of an upload, and the answer.</summary>
    /// <param name="device">The device.</param>
    /// <param name="request">The request.</param>
    /// <param name="slot">Where it goes.</param>
    /// <param name="method">The one that uploads.</param>
    public static (Step Step, Response Response) Put(Device device, Request request, int slot, CoapCode method)
    {
        var (step, response) = Taken(device, request, slot, method);
        return (Told(step, slot, response), response);
    }

    // What became of an upload, for the owner: nothing yet if there is more to come, or if the sender shall try again.
    private static Step Told(Step step, int slot, Response response)
    {
        var device = step.Device;
        if (response.Code == CoapCode.Created || response.Code == CoapCode.Changed)
        {
            var number = device.Settings.Updates is UpdatePolicy.Signed ? device.Numbers[slot] : 0;
            return step.And(new DeviceEffect.Updated(slot, device.At(slot)!.Application.Digest, number));
        }

        return response.Code == CoapCode.Continue || response.Code == CoapCode.MethodNotAllowed
            || response.Code == CoapCode.RequestEntityIncomplete || response.Code == CoapCode.ServiceUnavailable
            ? step
            : step.And(new DeviceEffect.UpdateRefused(slot, Encoding.UTF8.GetString(response.Payload.AsSpan())));
    }

    private static (Step Step, Response Response) Taken(Device device, Request request, int slot, CoapCode method)
    {
        var message = request.Message;
        if (!request.Is(method)) return Unchanged(device, Response.Of(CoapCode.MethodNotAllowed));
        if (Problem(device.Settings, message) is { } refusal) return Unchanged(device, refusal);
        var option = message.Option(CoapOptions.Block1);
        var resource = $"{slot}?{string.Join('&', message.Query)}";
        var before = device.Transfers.FirstOrDefault(one => one.Peer == request.Peer && one.Resource == resource && one.Ends > device.Now);
        var others = device.Transfers.Where(one => one != before && one.Ends > device.Now).ToSequence();
        var most = device.Settings.LargestProgram + (device.Settings.Updates is UpdatePolicy.Signed ? UpdatePolicy.Around : 0);
        var receipt = Blocks.Take(
            request.Peer, resource, before, option is null ? null : CoapBlock.Of(option), message.Payload, most, device.Now);
        var (step, response) = receipt switch
        {
            BlockReceipt.Stored when others.Count >= device.Settings.Transfers => Unchanged(
                device,
                Response.Problem(CoapCode.ServiceUnavailable, $"{others.Count} other uploads are under way")
                    .With(CoapOption.Of(CoapOptions.MaxAge, (uint)(Blocks.Patience / 1_000_000)))),
            BlockReceipt.Stored(var transfer) =>
                Unchanged(device with { Transfers = others.Add(transfer) }, Response.Of(CoapCode.Continue)),
            BlockReceipt.Complete(var bytes) => Complete(device with { Transfers = others }, slot, message.Query, bytes),
            BlockReceipt.Refused(var code, var reason) when code == CoapCode.RequestEntityIncomplete =>
                Unchanged(device, Response.Problem(code, reason)),
            BlockReceipt.Refused(var code, var reason) => Unchanged(device with { Transfers = others }, Refusal(code, reason, most)),
        };
        return (step, option is null ? response : response.With(option));
    }

    // What every block of an upload can be told.
    private static Response? Problem(DeviceSettings settings, CoapMessage message)
    {
        var format = message.Option(CoapOptions.ContentFormat)?.Unsigned;
        return settings.Updates switch
        {
            UpdatePolicy.Refuse =>
                Refusal(UpdateRefusal.NoUpdates, "this device trusts no key, and takes nothing that is not signed"),
            UpdatePolicy.Unsigned when format is not (null or CoapOptions.OctetStream) =>
                Response.Problem(CoapCode.UnsupportedContentFormat, $"content format {format}; expected {CoapOptions.OctetStream}"),
            UpdatePolicy.Unsigned => ManifestOf(settings, message.Query, out var problem) is null
                ? Response.Problem(CoapCode.BadRequest, problem)
                : null,
            UpdatePolicy.Signed when format is CoapOptions.OctetStream =>
                Refusal(UpdateRefusal.NotSigned, $"content format {format}; expected {CoapOptions.CoseSign1}, a signed update"),
            UpdatePolicy.Signed when format is not (null or CoapOptions.CoseSign1) =>
                Response.Problem(CoapCode.UnsupportedContentFormat, $"content format {format}; expected {CoapOptions.CoseSign1}"),
            UpdatePolicy.Signed when !message.Query.IsEmpty => Response.Problem(
                CoapCode.BadRequest, $"'{string.Join('&', message.Query)}'; of a signed update the manifest says all conditions"),
            UpdatePolicy.Signed => null,
        };
    }

    private static (Step, Response) Complete(Device device, int slot, Sequence<string> query, Sequence<byte> bytes) =>
        device.Settings.Updates switch
        {
            UpdatePolicy.Refuse => throw new UnreachableException("nothing is taken, and something came"),
            UpdatePolicy.Unsigned => Install(device, slot, ManifestOf(device.Settings, query, out _)!, bytes),
            UpdatePolicy.Signed(var verifier) => verifier(bytes) switch
            {
                Verification.Refused(var reason, var problem) => Unchanged(device, Refusal(reason, problem)),
                Verification.Trusted(var update) => Admittance.Of(device, slot, update) switch
                {
                    Admitted.Refused(var reason, var problem) => Unchanged(device, Refusal(reason, problem)),
                    Admitted.Accepted accepted => (DeviceSteps.Updated(device, accepted), Done(device, slot, accepted.Unused)),
                },
            },
        };

    private static Response Done(Device device, int slot, Sequence<uint> unused)
    {
        var code = device.At(slot) is null ? CoapCode.Created : CoapCode.Changed;
        return unused.IsEmpty
            ? Response.Of(code)
            : Response.Of(code, $"granted, and not called: {Admittance.Ids(unused)}", format: null);
    }

    private static Response Refusal(UpdateRefusal reason, string problem) =>
        Response.Problem(reason.Code(), $"{reason.Text()}: {problem}");

    private static (Step, Response) Install(Device device, int slot, Manifest manifest, Sequence<byte> bytes)
    {
        if (device.Settings.Admit(manifest, bytes, out var problem) is not { } application)
            return Unchanged(device, Response.Problem(CoapCode.BadRequest, problem));
        return (
            DeviceSteps.Installed(device, slot, application),
            Response.Of(device.At(slot) is null ? CoapCode.Created : CoapCode.Changed));
    }

    private static (Step, Response) Unchanged(Device device, Response response) => (Step.Of(device), response);

    private static Response Refusal(CoapCode code, string reason, int most) => code == CoapCode.RequestEntityTooLarge
        ? Response.Problem(code, reason).With(CoapOption.Of(CoapOptions.Size1, (uint)most))
        : Response.Problem(code, reason);

    // ?profile=rbpf&class=logic&helpers=10,12
    private static Manifest? ManifestOf(DeviceSettings settings, Sequence<string> query, out string problem)
    {
        problem = "";
        var manifest = settings.Default;
        foreach (var part in query)
        {
            var (name, value) = part.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at
                ? (part[..at], part[(at + 1)..])
                : (part, "");
            switch (name)
            {
                case "profile" when settings.Profiles.FirstOrDefault(profile => profile.Name == value) is { } profile:
                    manifest = manifest with { Profile = profile };
                    break;
                case "profile":
                    problem = $"no profile '{value}'; there are: {string.Join(", ", settings.Profiles.Select(profile => profile.Name))}";
                    return null;
                case "class" when value is "logic" or "snippet":
                    manifest = manifest with { Budget = value == "logic" ? BudgetClass.Logic : BudgetClass.Snippet };
                    break;
                case "class":
                    problem = $"no class '{value}'; there are: logic, snippet";
                    return null;
                case "helpers" when IdsOf(value) is { } ids:
                    manifest = manifest with { Grants = ids };
                    break;
                case "helpers":
                    problem = $"'{value}' lists no helpers; expected ids of two hexadecimal digits, separated by commas";
                    return null;
                default:
                    problem = $"'{part}' says nothing here; expected profile=, class= or helpers=";
                    return null;
            }
        }

        return manifest;
    }

    private static Sequence<uint>? IdsOf(string text)
    {
        if (text == "") return Sequence.Of<uint>([]);
        List<uint> ids = [];
        foreach (var part in text.Split(','))
        {
            if (!uint.TryParse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)) return null;
            ids.Add(id);
        }

        return ids.ToSequence();
    }
}
