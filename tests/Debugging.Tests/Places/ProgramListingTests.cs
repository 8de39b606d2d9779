using RbpfSpec.Debugging.Places;

namespace RbpfSpec.Debugging.Tests.Places;

public class ProgramListingTests
{
    private static readonly ProgramListing Listing = Of("lddw %r0, 0x100000002\nmov %r1, 1\nexit\n");

    [Fact]
    public void An_instruction_is_a_line_and_each_of_its_slots_leads_to_it()
    {
        Listing.ToString().ShouldBe("    0  lddw %r0, 0x100000002\n    2  mov %r1, 1\n    3  exit");
        ((IEnumerable<ulong>)[0, 1, 2, 3, 4]).Select(Listing.LineOf).ShouldBe([1, 1, 2, 3, 0]);
        ((IEnumerable<int>)[0, 1, 2, 3, 4]).Select(Listing.SlotOf).ShouldBe([null, 0, 2, 3, null]);
        Listing.Instructions[0].Bytes.Count.ShouldBe(16);
    }

    [Fact]
    public void A_function_is_named_where_it_begins()
    {
        var prepared = Programs.Lines();

        var lines = new ProgramListing(prepared.Image, prepared.Machine.Definition).ToString().Split('\n');

        lines.Where(line => line.Contains(';', StringComparison.Ordinal)).Select(line => line.Split("; ")[1]).ShouldBe(["entry", "pick"]);
    }

    private static ProgramListing Of(string text)
    {
        var prepared = Programs.Assembled(text);
        return new(prepared.Image, prepared.Machine.Definition);
    }
}
