using RbpfSpec.Arm.Instructions;
using RbpfSpec.Arm.Machine;

namespace RbpfSpec.Arm.Tests.Machine;

public class ItStateTests
{
    [Fact]
    public void A_block_has_its_conditions_in_turn()
    {
        // itet ne: ne, eq, ne
        var it = new ItState(0x16);
        List<Condition> conditions = [];
        for (; it.IsInBlock; it = it.Advanced)
        {
            it.IsLast.ShouldBe(conditions.Count == 2);
            conditions.Add(it.Condition);
        }

        conditions.ShouldBe([Condition.NotEqual, Condition.Equal, Condition.NotEqual]);
        it.ShouldBe(default);
        it.Condition.ShouldBe(Condition.Always);
    }
}
