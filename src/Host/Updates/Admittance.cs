using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Host.Model;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Host.Updates;

/// <summary>An update that may be installed, or why it may not.</summary>
public abstract record Admitted
{
    private Admitted()
    {
    }

    /// <summary>It may.</summary>
    /// <param name="Application">What is installed.</param>
    /// <param name="Manifest">What is signed.</param>
    /// <param name="Unused">The ids of helpers that are granted, and that the program does not call.</param>
    public sealed record Accepted(Application Application, UpdateManifest Manifest, Sequence<uint> Unused) : Admitted;

    /// <summary>It may not.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Problem">What is wrong, and what would be right, for people.</param>
    public sealed record Refused(UpdateRefusal Reason, string Problem) : Admitted;
}

/// <summary>Decides whether a signed update may be installed.</summary>
public static class Admittance
{
    /// <summary>Looks at everything before anything is changed, in the order of <see cref="UpdateRefusal"/>.</summary>
    /// <param name="device">The device.</param>
    /// <param name="slot">Where the update was sent to.</param>
    /// <param name="update">The update, whose signature is that of a trusted author.</param>
    public static Admitted Of(Device device, int slot, SignedUpdate update)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(update);
        var (manifest, program, digest) = update;
        var last = device.Numbers[slot];
        if (manifest.Number < last)
            return Refused(UpdateRefusal.Rollback, $"sequence number {manifest.Number}; the last accepted for slot {slot} is {last}");
        if (manifest.Number == last)
            return Refused(UpdateRefusal.Replay, $"sequence number {last} was accepted for slot {slot}; the next is {last + 1} or more");
        if (manifest.Slot != slot)
            return Refused(UpdateRefusal.WrongSlot, $"signed for slot {manifest.Slot}, sent to slot {slot}");
        if (manifest.Digest != digest)
            return Refused(UpdateRefusal.WrongDigest, $"signed is {Hex(manifest.Digest)}; the program that came has {Hex(digest)}");
        if (manifest.Size != program.Count)
            return Refused(UpdateRefusal.WrongSize, $"signed are {manifest.Size} bytes; {program.Count} came");
        var settings = device.Settings;
        if (program.Count > settings.LargestProgram)
            return Refused(UpdateRefusal.TooLarge, $"{program.Count} bytes; the most are {settings.LargestProgram}");
        if (settings.Profiles.FirstOrDefault(profile => profile.Name == manifest.Profile) is not { } profile)
        {
            var names = string.Join(", ", settings.Profiles.Select(one => one.Name));
            return Refused(UpdateRefusal.UnknownProfile, $"'{manifest.Profile}'; there are: {names}");
        }

        if (manifest.Hooks.FirstOrDefault(hook => settings.Hooks.All(known => known.Name != hook.Name)) is { } unknown)
        {
            var names = string.Join(", ", settings.Hooks.Select(hook => hook.Name));
            return Refused(UpdateRefusal.UnknownHook, $"'{unknown.Name}'; there are: {names}");
        }

        var used = settings.Reader(program) is UploadContent.Program(var bytes, _, _) ? Called(bytes, profile) : [];
        if (used.Where(id => !manifest.Grants.Contains(id)).ToList() is { Count: > 0 } missing)
            return Refused(UpdateRefusal.MissingGrants, $"the program calls {Ids(missing)}; granted are {Ids(manifest.Grants)}");
        return settings.Admit(new(profile, manifest.Budget, manifest.Grants), program, out var problem) is { } application
            ? new Admitted.Accepted(application, manifest, Unused(application))
            : Refused(UpdateRefusal.Rejected, problem);
    }

    /// <summary>The ids of helpers that an application is granted, and does not call.</summary>
    internal static Sequence<uint> Unused(Application application)
    {
        var used = Called(application.Program, application.Manifest.Profile);
        return application.Manifest.Grants.Where(id => !used.Contains(id)).ToSequence();
    }

    // A program that ends within a slot calls nothing: it is rejected.
    private static Sequence<uint> Called(Sequence<byte> program, Profile profile) => program.Count % Slot.Size == 0
        ? Imports.Of(Program.Of(program.AsSpan()), profile).Map(import => import.Id)
        : [];

    /// <summary>Ids of helpers, for people.</summary>
    internal static string Ids(IEnumerable<uint> ids) =>
        ids.Any() ? string.Join(", ", ids.Select(id => $"0x{id:x2}")) : "none";

    // The first bytes of it: the texts have to fit in a datagram.
    private static string Hex(Sequence<byte> digest) =>
        $"{Convert.ToHexStringLower(digest.AsSpan()[..Math.Min(digest.Count, 8)])}…";

    private static Admitted.Refused Refused(UpdateRefusal reason, string problem) => new(reason, problem);
}
