using RbpfSpec.Host.Model;
using RbpfSpec.Serving.Storage;

namespace RbpfSpec.Serving.Tests.Storage;

public sealed class MemoryStoreTests
{
    [Fact]
    public void It_yields_what_was_saved_last()
    {
        using var store = new MemoryStore();
        var first = Persisted.Of(Device.Of(new DeviceSettings { Slots = 1 }));
        var second = Persisted.Of(Device.Of(new DeviceSettings { Slots = 2 }));

        store.Load().ShouldBeNull();
        store.Save(first, second);
        store.Load().ShouldBe(second);
    }
}
