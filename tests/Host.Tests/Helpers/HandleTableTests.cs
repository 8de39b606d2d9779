using RbpfSpec.Host.Helpers;

namespace RbpfSpec.Host.Tests.Helpers;

public sealed class HandleTableTests
{
    [Fact]
    public void A_handle_stands_for_the_sensor_that_it_was_given_for_and_a_full_table_gives_none() =>
        Law.Holds(seed: 2003, 200, dice => dice.Several(40, one => one.Between(0, 24)), sensors =>
        {
            var table = HandleTable.Empty;
            var given = new Dictionary<ulong, int>();
            foreach (var sensor in sensors)
            {
                var handle = table.HandleOf(sensor, out table);
                if (handle == 0)
                {
                    given.Count.ShouldBe(HandleTable.Capacity);
                    given.Values.ShouldNotContain(sensor);
                    continue;
                }

                given.TryAdd(handle, sensor);
                given[handle].ShouldBe(sensor);
            }

            foreach (var (handle, sensor) in given) table.SensorOf(handle).ShouldBe(sensor);
            for (var other = 0UL; other < 30; other++)
            {
                if (!given.ContainsKey(other)) table.SensorOf(other).ShouldBeNull();
            }

            table.SensorOf(ulong.MaxValue).ShouldBeNull();
        });
}
