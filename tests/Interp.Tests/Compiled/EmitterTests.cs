using System.Globalization;
using RbpfSpec.Interp.Compiled;
using RbpfSpec.Interp.Tests.Models;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Interp.Tests.Compiled;

/// <summary>Loops whose rounds are done several at a time do what the semantics says, wherever they end.</summary>
[Trait("Needs", "time")]
public sealed class EmitterTests
{
    [Fact]
    public void Short_loops_end_as_in_the_semantics()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("RBPFSPEC_SHORT_LOOPS") ?? "200", CultureInfo.InvariantCulture);
        var seed = ulong.Parse(Environment.GetEnvironmentVariable("RBPFSPEC_SHORT_LOOPS_SEED") ?? "1", CultureInfo.InvariantCulture);
        var several = 0;

        Law.Holds(seed, count, ShortLoop.Draw, loop =>
        {
            var program = loop.Program;
            if (CompiledAssembly.Of(program).Body.Cuts.Any(cut => cut.Owed > 0)) several++;
            var mirror = new VmMirror(
                program, new() { Engine = Engine.Compiled, BranchLimit = new Allowance<ulong>.Remaining(loop.Branches) });
            mirror.Run(loop.Context);
            mirror.Vm.IsCompiled.ShouldBeTrue();
        });

        several.ShouldBeGreaterThan(count / 3);
    }
}
