using RbpfSpec.Interp.Tests.Models;

namespace RbpfSpec.Interp.Tests;

/// <summary>No use of the interface, however wrong, is met otherwise than by what is right or by a documented exception.</summary>
public sealed partial class VmTests
{
    private const ulong InterfaceSeed = 20_261_128;

    [Fact]
    public void Any_use_of_the_interface_is_right_or_refused()
    {
        var wanted = long.Parse(Environment.GetEnvironmentVariable("RBPFSPEC_INTERFACE_CALLS") ?? "60000");
        var seed = ulong.Parse(Environment.GetEnvironmentVariable("RBPFSPEC_INTERFACE_SEED") ?? $"{InterfaceSeed}");
        long calls = 0;
        for (; calls < wanted; seed++)
        {
            var fuzz = new InterfaceFuzz(seed);
            try
            {
                fuzz.Round();
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException(
                    $"after {calls} calls; again: RBPFSPEC_INTERFACE_SEED={seed} RBPFSPEC_INTERFACE_CALLS=1", exception);
            }

            calls += fuzz.Calls;
        }

        calls.ShouldBeGreaterThanOrEqualTo(wanted);
    }
}
