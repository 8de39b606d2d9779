using System.Collections.Frozen;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Proofs;

/// <summary>The things that the claims are about: where to look first if one does not hold.</summary>
public sealed class ClaimTargets : IClaimTargets
{
    private static readonly FrozenDictionary<string,
        Form> Forms = OperationTable.Forms.ToFrozenDictionary(form => form.Id, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string,
        Check> Checks = Preflight.Checks.ToFrozenDictionary(check => check.Id, StringComparer.Ordinal);

    // A rule is looked at before what rests on it.
    private static readonly string[] Order =
        ["rfc", "traps", "frame", "calls", "isolation", "encoding", "preflight", "necessity", "refinement"];

    /// <summary>
    /// Claims that do not hold, each with what it is about, put together by what one cause may refute; in each group the one to
    /// look at first comes first.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<(Claim Claim, ClaimTarget Target)>> Grouped(IEnumerable<Claim> claims)
    {
        var all = claims.Select(claim => (Claim: claim, Target: Of(claim), Form: FormOf(claim.Id))).ToList();

        // A wrong rule shows in everything that the claims say of it; a wrong check, or wrong code, only there.
        var wrong = all.Where(one => one.Form is not null && one.Claim.Family is "rfc" or "traps" or "frame" or "calls" or "isolation")
            .Select(one => RuleOf(one.Form).Cause)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. all.Select(one => one.Form is not null && wrong.Contains(RuleOf(one.Form).Cause) ? (one.Claim, Target: RuleOf(one.Form))
                : (one.Claim, one.Target))
                .GroupBy(one => one.Target.Cause, StringComparer.Ordinal)
                .Select(group => (IReadOnlyList<(Claim, ClaimTarget)>)
                    [.. group.OrderBy(one => Rank(one.Claim.Family)).ThenBy(one => one.Claim.Id, StringComparer.Ordinal)]),
        ];
    }

    /// <summary>The thing that a claim is about.</summary>
    public ClaimTarget Of(Claim claim)
    {
        var form = FormOf(claim.Id);
        return claim.Family switch
        {
            "refinement" when form is not null => HandlerOf(claim.Id, form),
            "preflight" when form is not null => CheckOf(CheckedBy(claim.Id, form)),
            "necessity" when Checks.TryGetValue(Rule(claim.Id), out var check) => CheckOf(check),
            "rfc" or "traps" or "frame" or "calls" or "isolation" when form is not null => RuleOf(form),
            var family => new($"the claim itself, of the family {family}", $"family {family}", claim.State.Method),
        };
    }

    private static int Rank(string family) => Array.IndexOf(Order, family) is >= 0 and var rank ? rank : Order.Length;

    private static ClaimTarget RuleOf(Form? form) =>
        form is null ? throw new ArgumentNullException(nameof(form))
            : new($"the rule of {form.Operation.Mnemonic}", $"rule {form.Operation.GetType().FullName}", form.Operation.GetType());

    private static ClaimTarget CheckOf(Check check) => new($"the check {check.Id}", $"check {check.GetType().FullName}", check.GetType());

    // What an operation has of its own is a structure that its handlers are made with.
    private static ClaimTarget HandlerOf(string id, Form form)
    {
        var handler = HandlerTable.MethodOf(Codes.Of(form));
        var own = handler.GetGenericArguments().FirstOrDefault();
        return new($"the code of {form.Id} in the engine {id.Split('/')[1]}", $"code {own?.FullName ?? handler.Name}", own is null
            ? handler : own);
    }

    // Which check it is that should have rejected the program.
    private static Check CheckedBy(string id, Form form) => id.Split('/')[1] switch
    {
        "function" => Preflight.Checks.First(check => check is FunctionIsGranted),
        "rejected" => Preflight.Checks.First(check => check is GroupExists),
        _ when form.Displacement.Count > 0 => Preflight.Checks.First(check => check is TargetIsInside),
        _ => Preflight.Checks.First(check => check is EndIsClosed),
    };

    private static Form? FormOf(string id)
    {
        var parts = Rule(id).Split('/');
        for (var i = 0; i + 1 < parts.Length; i++)
        {
            if (Forms.TryGetValue($"{parts[i]}/{parts[i + 1]}", out var form)) return form;
        }

        return null;
    }

    // What follows the family, without variant and profile.
    private static string Rule(string id)
    {
        var start = id.IndexOf('/', StringComparison.Ordinal) + 1;
        var end = id.AsSpan(start).IndexOfAny('@', '[');
        return end < 0 ? id[start..] : id[start..(start + end)];
    }
}
