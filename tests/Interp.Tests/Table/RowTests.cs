using RbpfSpec.Interp.Table;

namespace RbpfSpec.Interp.Tests.Table;

/// <summary>The consequences of a row.</summary>
public sealed class RowTests
{
    // X in a name is a register as second operand; of the rest it is told by hand.
    [Fact]
    public void Steps_that_read_the_source_are_those_with_a_register_moves_loads_atomic_operations_and_packet_loads() =>
        EngineTable.Rows.Where(row => row.ReadsSource).Select(row => row.Code).ShouldBe(EngineTable.Rows
            .Where(row => row.Has is not null)
            .Select(row => row.Code)
            .Where(code =>
                code.EndsWith('X')
                || ((string[])["Move", "Load", "Atomic", "Packet"]).Any(name => code.StartsWith(name, StringComparison.Ordinal))));

    [Fact]
    public void Steps_that_jump_are_conditions_always_and_local_calls() =>
        EngineTable.Rows.Where(row => row.Jumps).Select(row => row.Code).ShouldBe(EngineTable.Rows
            .Where(row => row.Kind is not Kind.Fused)
            .Select(row => row.Code)
            .Where(code => code is "Always" or "CallLocal" || code.StartsWith("If", StringComparison.Ordinal)));
}
