using RbpfSpec.Host.Helpers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs.Host;

/// <summary>The claims about what decides in a device: policies, handles, and when a container runs again.</summary>
/// <remarks>About the compiled code of <see cref="Policies"/>, <see cref="HandleTable"/> and <see cref="ClockHelpers"/>.</remarks>
public static class Decisions
{
    private const ulong TopBit = 1UL << 63;

    private static readonly Term Result = Make.Variable("result", 64);
    private static readonly Term HasResult = Make.Variable("has-result", 1).ZeroExtended(32);

    /// <summary>The claims.</summary>
    public static IEnumerable<Claim> Claims => ((Sequence<CodeClaim>)
        [.. Enum.GetValues<Policy>().Select(OfPolicy), Handles, HandlesAgain, Wakeup]).Select(claim => claim.ToClaim());

    private static CodeClaim OfPolicy(Policy policy) => new(
        $"host/policy/{Name(policy)}",
        "After a run that ended with a result, those behind it do not run "
        + policy switch
        {
            Policy.Continue => "in no case",
            Policy.AbortOnNegative => "if the result is negative",
            Policy.AbortOnPositive => "if the result is positive",
            Policy.Single => "in any case",
        }
        + "; after one that a trap ended they do.",
        Clause.Spec("Policies"),
        [],
        code => code.Holds(typeof(Policies), nameof(Policies.Ends), Make.Constant((ulong)policy, 32), HasResult, Result).EqualTo(
            HasResult.DiffersFrom(0) & policy switch
            {
                // In 64 bits with a sign.
                Policy.Continue => Make.False,
                Policy.AbortOnNegative => !Result.Below(TopBit),
                Policy.AbortOnPositive => Result.Below(TopBit) & Result.DiffersFrom(0),
                Policy.Single => Make.True,
            }),
        [
            new("a trap is taken for the result 0", nameof(Policies.Ends), (code, asked) => Make.Choose(
                asked[1].EqualTo(0), Opposite(code(asked)), code(asked))),
            new("the policy is read as the next", nameof(Policies.Ends), (code, asked) =>
                code([Make.Constant((ulong)(((int)policy + 1) % 4), 32), asked[1], asked[2]])),
            new("the policy is read as the opposite", nameof(Policies.Ends), (code, asked) =>
                code([Make.Constant((ulong)(3 - (int)policy), 32), asked[1], asked[2]])),
            new("a result of zero counts the other way", nameof(Policies.Ends), (code, asked) =>
                Make.Choose(asked[2].EqualTo(0), Opposite(code(asked)), code(asked))),
        ]);

    private static CodeClaim Handles
    {
        get
        {
            var (handle, count) = (Make.Variable("handle", 64), Make.Variable("count", 32));
            return new(
                "host/handles/within",
                "Whatever 64 bits a program takes for a handle, they lead to a place of its container's own table or to none.",
                Clause.Spec("Sensors"),
                [count.Below(HandleTable.Capacity + 1)],
                code => code.Holds(typeof(HandleTable), nameof(HandleTable.IsOne), handle, count).Implies(
                    code.Call(typeof(HandleTable), nameof(HandleTable.PlaceOf), handle).Below(count)),
                [
                    new("0 is a handle", nameof(HandleTable.IsOne), (code, asked) => code(asked) | One(asked[0].EqualTo(0))),
                    new("only 32 bits count", nameof(HandleTable.IsOne), (_, asked) =>
                        One(asked[0].Bits(0, 32).Below(asked[1] + 1))),
                    new("one handle more than there are", nameof(HandleTable.IsOne), (code, asked) => code([asked[0], asked[1] + 1])),
                    new("handles are places", nameof(HandleTable.PlaceOf), (_, asked) => asked[0].Bits(0, 32)),
                ]);
        }
    }

    private static CodeClaim HandlesAgain
    {
        get
        {
            var (place, count) = (Make.Variable("place", 32), Make.Variable("count", 32));
            return new(
                "host/handles/again",
                "The handle of a place of the table is not 0, is a handle, and leads to that place.",
                Clause.Spec("Sensors"),
                [count.Below(HandleTable.Capacity + 1), place.Below(count)],
                code =>
                {
                    var handle = code.Call(typeof(HandleTable), nameof(HandleTable.HandleAt), place);
                    return Make.All(
                        handle.DiffersFrom(0),
                        code.Holds(typeof(HandleTable), nameof(HandleTable.IsOne), handle, count),
                        code.Call(typeof(HandleTable), nameof(HandleTable.PlaceOf), handle).EqualTo(place));
                },
                [
                    new("the handle is the place", nameof(HandleTable.HandleAt), (_, asked) => asked[0].ZeroExtended(64)),
                    new("the last handle is none", nameof(HandleTable.IsOne), (code, asked) => code([asked[0], asked[1] - 1])),
                    new("a handle leads to the place behind", nameof(HandleTable.PlaceOf), (code, asked) => code(asked) + 1),
                ])
            {
                Suggested = [(count, Make.Constant(HandleTable.Capacity, 32)), (place, Result.Bits(60, 4).ZeroExtended(32))],
            };
        }
    }

    private static CodeClaim Wakeup
    {
        get
        {
            var (next, now) = (Make.Variable("next", 32), Make.Variable("now", 64));
            return new(
                "host/wakeup",
                "A container that waits runs again at a time that is not past and less than 2^31 microseconds away, at which the clock of "
                + "32 bits says what it asked for; if that is past it is now, and if there is none it is the end of time.",
                Clause.Spec("Time"),
                [],
                code =>
                {
                    var at = code.Call(typeof(ClockHelpers), nameof(ClockHelpers.WakeupAt), next, now);
                    var end = Make.Constant(ulong.MaxValue, 64);
                    return Make.All(
                        !at.Below(now),
                        (at - now).Below(1UL << 31),
                        Make.Any(
                            at.EqualTo(end),
                            at.Bits(0, 32).EqualTo(next),
                            at.EqualTo(now) & !(next - now.Bits(0, 32)).Below(1UL << 31)));
                },
                [
                    new("the time wraps around", nameof(ClockHelpers.WakeupAt), (_, asked) => asked[1]
                        + Make.Choose(
                            (asked[0] - asked[1].Bits(0, 32)).Below(1UL << 31),
                            asked[0] - asked[1].Bits(0, 32),
                            Make.Constant(0UL, 32)).ZeroExtended(64)),
                    new("what is past comes after the clock has wrapped around", nameof(ClockHelpers.WakeupAt), (_, asked) =>
                        asked[1] + (asked[0] - asked[1].Bits(0, 32)).ZeroExtended(64)),
                    new("it comes at once", nameof(ClockHelpers.WakeupAt), (_, asked) => asked[1]),
                ])
            {
                // Close to the end of time.
                Suggested = [(now, Make.Constant(ulong.MaxValue, 64) - Result.Bits(32, 4).ZeroExtended(64))],
            };
        }
    }

    private static string Name(Policy policy) => policy switch
    {
        Policy.Continue => "continue",
        Policy.AbortOnNegative => "abort-on-negative",
        Policy.AbortOnPositive => "abort-on-positive",
        Policy.Single => "single",
    };

    private static Term One(Term condition) => Make.Choose(condition, Make.Constant(1, 32), Make.Constant(0UL, 32));

    private static Term Opposite(Term truth) => One(truth.EqualTo(0));
}
