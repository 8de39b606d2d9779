using RbpfSpec.Proofs.Device.Functions;
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
        .. Steps,
        .. from build in DeviceBuild.All
           from claim in FunctionClaims.Of(build)
           select claim.ToClaim(),
    ];

    /// <summary>The profile of the builds: <c>rbpf</c> without atomic operations.</summary>
    internal static Profile Built { get; } = Profile.Rbpf with
    {
        Groups = [.. Profile.Rbpf.Groups.Where(group => group is not (ConformanceGroup.Atomic32 or ConformanceGroup.Atomic64))],
    };

    private static IEnumerable<Claim> Steps =>
        from build in DeviceBuild.All
        from form in OperationTable.Forms
        where IsBuilt(form)
        from step in DeviceStep.Of(build, form)
        select new DeviceClaim(step).ToClaim();

    /// <summary>Whether the builds have an encoding.</summary>
    internal static bool IsBuilt(Form form) => Built.Has(form.Group) && Built.Grants(form.Needs)
        && form.Operation is AluOperation or JumpOperation or WideLoad.Plain or MemoryOperation
            or CallOperation.Local or CallOperation.Exit;
}
