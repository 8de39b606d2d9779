using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Specification.Device;

/// <summary>Functions of C as text, in as many variants as the choices of a profile make.</summary>
internal static class CFunction
{
    // Each choice that a rule reads, as the macro of device/rbpf_config.h that makes it.
    private static readonly Sequence<(string Macro, Func<Profile, bool, Profile> With)> Choices =
    [
        ("RBPF_ZERO_DIVISOR_TRAPS", (profile, isOn) => profile with { ZeroDivisor = isOn ? ZeroDivisor.Traps : ZeroDivisor.Yields }),
        ("RBPF_SIGNED_OVERFLOW_TRAPS", (profile, isOn) => profile with
        {
            SignedOverflow = isOn ? SignedOverflow.Traps : SignedOverflow.Wraps,
        }),
        ("RBPF_LARGE_SHIFT_TRAPS", (profile, isOn) => profile with { LargeShift = isOn ? LargeShift.Traps : LargeShift.Masked }),
        ("RBPF_ALIGNMENT_IS_NATURAL", (profile, isOn) => profile with { Alignment = isOn ? Alignment.Natural : Alignment.Any }),
        ("RBPF_LAST_IS_EXIT", (profile, isOn) => profile with
        {
            LastInstruction = isOn ? LastInstruction.Exit : LastInstruction.ExitOrJump,
        }),
        ("RBPF_BRANCHES_ARE_LIMITED", (profile, isOn) => profile with
        {
            BranchLimit = isOn ? new Allowance<ulong>.Remaining(1) : new Allowance<ulong>.Unlimited(),
        }),
        ("RBPF_INSTRUCTIONS_ARE_LIMITED", (profile, isOn) => profile with
        {
            InstructionLimit = isOn ? new Allowance<ulong>.Remaining(1) : new Allowance<ulong>.Unlimited(),
        }),
    ];

    /// <summary>A text that depends on a profile, for every profile: under the conditions of the choices that matter.</summary>
    public static string Varied(Func<Profile, string> text) => Varied(text, Profile.Rbpf, 0);

    /// <summary>A function that yields a value.</summary>
    /// <param name="type">The type of the value.</param>
    /// <param name="name">The name without its prefix.</param>
    /// <param name="parameters">The types and names of the parameters.</param>
    /// <param name="value">The value.</param>
    public static string Of(string type, string name, Sequence<(string Type, string Name)> parameters, string value)
    {
        var text = new StringBuilder();
        var all = string.Join(", ", parameters.Select(parameter => $"{parameter.Type} {parameter.Name}"));
        text.Append(CultureInfo.InvariantCulture, $"static inline {type} rbpf_{name}({all})\n{{\n");
        foreach (var (_, parameter) in parameters)
        {
            if (!Regex.IsMatch(value, $@"\b{parameter}\b", RegexOptions.None, TimeSpan.FromSeconds(1)))
                text.Append(CultureInfo.InvariantCulture, $"    (void){parameter};\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"    return {value};\n}}\n").ToString();
    }

    /// <summary>The trap of the first guard that holds, or none, as an expression.</summary>
    public static string Trap(Sequence<Guard<CWord>> guards)
    {
        var text = new StringBuilder();
        Sequence<CTerm> refuted = [];
        foreach (var guard in guards)
        {
            var when = CText.Of(guard.When.Term, refuted);
            text.Append(CultureInfo.InvariantCulture, $"{when} ? {NameOf(guard.Trap)}{(guards.Count > 1 ? "\n        " : " ")}: ");
            refuted = refuted.Add(guard.When.Term);
        }

        return text.Append("RBPF_NO_TRAP").ToString();
    }

    /// <summary>The name of a trap in C.</summary>
    public static string NameOf(Trap trap) => "RBPF_" + string.Concat(trap.ToString().Select((letter, place) =>
        place > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}"));

    private static string Varied(Func<Profile, string> text, Profile profile, int next)
    {
        if (next == Choices.Count) return text(profile);
        var (macro, with) = Choices[next];
        var on = Varied(text, with(profile, true), next + 1);
        var off = Varied(text, with(profile, false), next + 1);
        return on == off ? on : $"#if {macro}\n{on}#else\n{off}#endif\n";
    }
}
