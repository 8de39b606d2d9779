using RbpfSpec.Proofs.Device.Functions;
using RbpfSpec.Proofs.Device.Runs;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Proofs.Device;

/// <summary>The binary of the device's machine does what the rules do: each build, instruction by instruction.</summary>
public static class DeviceClaims
{
    /// <summary>The claims.</summary>
    public static IEnumerable<Claim> Claims =>
    [
        .. Steps.Select(step => step.ToClaim()),
        .. Functions.Select(function => function.ToClaim()),
        CheckedSlot.WhereInstructionsBegin,
    ];

    /// <summary>Mutants of the claims as experiments: those that can be tried on a device.</summary>
    internal static IEnumerable<(string Id, Func<Func<Experiment, bool>, Experiment?> Find)> Experiments =>
        from claim in (IEnumerable<(string Id, Func<int, Func<Experiment, bool>, Experiment?> Find)>)
        [
            .. Steps.Select(step => (step.Id, (Func<int, Func<Experiment, bool>, Experiment?>)step.Experiment)),
            .. Functions.Select(function => (function.Id, (Func<int, Func<Experiment, bool>, Experiment?>)function.Experiment)),
        ]
        from mutant in Enumerable.Range(0, BitFlips.Each)
        select ($"{claim.Id}, mutant {mutant + 1}",
            (Func<Func<Experiment, bool>, Experiment?>)(isPossible => claim.Find(mutant, isPossible)));

    /// <summary>The profile of the builds: <c>rbpf</c> without atomic operations.</summary>
    internal static Profile Built { get; } = Profile.Rbpf with
    {
        Groups = [.. Profile.Rbpf.Groups.Where(group => group is not (ConformanceGroup.Atomic32 or ConformanceGroup.Atomic64))],
    };

    private static IEnumerable<FunctionClaim> Functions => DeviceBuild.All.SelectMany(FunctionClaims.Of);

    private static IEnumerable<DeviceClaim> Steps =>
        from build in DeviceBuild.All
        from form in OperationTable.Forms
        where IsBuilt(form)
        from step in DeviceStep.Of(build, form)
        select new DeviceClaim(step);

    /// <summary>Whether the builds have an encoding.</summary>
    internal static bool IsBuilt(Form form) => Built.Has(form.Group) && Built.Grants(form.Needs)
        && form.Operation is AluOperation or JumpOperation or WideLoad.Plain or MemoryOperation
            or CallOperation.Local or CallOperation.Exit;
}
