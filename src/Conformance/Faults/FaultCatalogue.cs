using System.Collections.Concurrent;
using RbpfSpec.Conformance.Faults.Families;
using RbpfSpec.Mutants;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Faults;

/// <summary>The faults of machines: what implementations get wrong, class by class.</summary>
/// <remarks>
/// The classes are those of faults that were found in real machines: uBPF, rbpf, Femto-Containers, CertrBPF, RIOT's rBPF,
/// and compilers to machine code. Each is systematic: every encoding, register, field and edge in turn.
/// </remarks>
internal static class FaultCatalogue
{
    private static readonly ConcurrentDictionary<Profile, IReadOnlyList<Fault>> Made = new();

    /// <summary>All faults of a profile's machines.</summary>
    public static IReadOnlyList<Fault> Of(Profile profile) => Made.GetOrAdd(profile, Make);

    /// <summary>The faults that show in the vectors of one rule.</summary>
    public static IEnumerable<Fault> Of(Form form)
    {
        // LE of all 64 bits does nothing on any machine.
        if (form.Id == "alu/le64")
        {
            return AluFaults
                .Of(new(form))
                .Where(fault =>
                    fault.Class == "registers" && fault.Name.Contains("overwrites", StringComparison.Ordinal)
                    || fault.Class == "END" && !fault.Name.EndsWith("it does nothing", StringComparison.Ordinal))
                .Concat(PreflightFaults.Refused(form));
        }

        var of = new FaultOf(form);
        return (form.Operation switch
        {
            AluOperation => AluFaults.Of(of),
            WideLoad => AluFaults.Wide(of),
            JumpOperation => JumpFaults.Of(of),
            MemoryOperation => MemoryFaults.Of(of),
            AtomicOperation => AtomicFaults.Of(of),
            _ => (IEnumerable<Fault>)[],
        }).Concat(PreflightFaults.Refused(form));
    }

    private static IReadOnlyList<Fault> Make(Profile profile)
    {
        var forms = MutantCatalogue.Forms(profile);
        return
        [
            .. forms.SelectMany(Of),
            .. forms
                .Where(form => !form.Displacement.IsEmpty)
                .SelectMany(form => JumpFaults.Far(new(form)).Select(fault => fault with { Rule = "" })),
            .. RunFaults.All,
            .. HostFaults.All,
            .. PreflightFaults.All(profile),
        ];
    }
}
