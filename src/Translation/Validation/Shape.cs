using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Translation.Code;
using RbpfSpec.Translation.Native;

namespace RbpfSpec.Translation.Validation;

/// <summary>Whether a certificate can be meant for a program and its native code, before anything of it is proved.</summary>
internal static class Shape
{
    /// <summary>The first thing that does not fit; null if all does.</summary>
    public static string? Problem(CheckedProgram program, NativeProgram native, Certificate certificate)
    {
        var profile = program.Rules.Profile;
        if (Handling.Refusal(profile) is { } refusal) return refusal;
        if (certificate.Profile != profile.Name)
            return $"the certificate is for the profile {certificate.Profile}, the program was checked against {profile.Name}";
        if (native.Entries.Count != program.Program.Length)
            return $"the native code is of {native.Entries.Count} slots, the program has {program.Program.Length}";
        if (native.Code.Length > NativeProgram.MostBytes)
            return $"{native.Code.Length} bytes of code are more than {NativeProgram.MostBytes}";
        return OfPlaces(certificate) ?? OfCuts(program, native, certificate) ?? OfEntries(program, native, certificate);
    }

    private static string? OfPlaces(Certificate certificate)
    {
        HashSet<int> used = [];
        HashSet<int> named = [];
        foreach (var (register, low, high, _) in certificate.Places)
        {
            if (register is < 0 or > Register.Last || !named.Add(register)) return $"the certificate places r{register} wrongly or twice";
            if (low is < 0 or > 9 || high is < 0 or > 9 || !used.Add(low) || !used.Add(high))
                return $"the certificate places r{register} in registers that are not r0 to r9, or are taken";
        }

        return null;
    }

    private static string? OfCuts(CheckedProgram program, NativeProgram native, Certificate certificate)
    {
        var starts = Preflight.Starts(program.Program);
        foreach (var cut in certificate.Cuts)
        {
            if (cut.Slot < 0 || cut.Slot >= starts.Count || !starts[cut.Slot])
                return $"the certificate has a cut at slot {cut.Slot}, where no instruction is";
            if (cut.Offset < 0 || cut.Offset >= native.Code.Length || cut.Offset % 2 != 0)
                return $"the certificate has a cut at offset {cut.Offset} of {native.Code.Length} bytes of code";
            if (cut.ZeroHigh.Any(register => register is < 0 or > Register.Last) || cut.ZeroHigh.Distinct().Count() != cut.ZeroHigh.Count)
                return $"the certificate names registers wrongly at slot {cut.Slot}";
        }

        return null;
    }

    // The machine enters at a cut that relies on nothing but what always holds.
    private static string? OfEntries(CheckedProgram program, NativeProgram native, Certificate certificate)
    {
        var known = new Flow(program).Known;
        for (var slot = 0; slot < native.Entries.Count; slot++)
        {
            if (native.Entries[slot] is not { } entry) continue;
            if (!certificate.Cuts.Any(cut => cut.Slot == slot && cut.Offset == entry && cut.ZeroHigh.All(register => known[register])))
                return $"native code is entered at slot {slot} where the certificate has no cut that asks nothing";
        }

        return null;
    }
}
