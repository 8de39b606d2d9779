using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Proofs.Host;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs.Tests.Host;

public sealed class CompiledCodeTests
{
    [Fact]
    public void A_function_of_known_numbers_yields_what_it_yields_when_it_is_run()
    {
        for (var value = 0UL; value < 600; value += 7)
        {
            var code = new CompiledCode();

            code.Call(typeof(OptionHeader), nameof(OptionHeader.Nibble), Make.Constant(value, 32))
                .Is((ulong)OptionHeader.Nibble((int)value)).ShouldBeTrue();
            code.IsDefined.IsTrue.ShouldBeTrue();
        }
    }

    [Fact]
    public void A_change_is_of_what_the_function_yields()
    {
        var code = new CompiledCode(bug: new("never", nameof(Policies.Ends), (_, _) => Make.Constant(0UL, 32)));

        code.Holds(
            typeof(Policies), nameof(Policies.Ends), Make.Constant((ulong)Policy.Single, 32), Make.Constant(1, 32), Make.Constant(0UL, 64))
            .IsFalse.ShouldBeTrue();
    }
}
