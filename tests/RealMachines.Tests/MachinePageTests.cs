using RbpfSpec.Conformance;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.RealMachines.Tests;

public sealed class MachinePageTests
{
    private static readonly DateOnly Day = new(2026, 11, 30);

    [Fact]
    public void What_is_not_explained_is_said_to_be_so()
    {
        var machine = new TriedMachine("kernel", "Linux 9", Profile.Rfc9669,
        [
            Result("alu/add32-k/01", new MachineReply.Returned(7)),
            Result("alu/add32-k/02", new MachineReply.Returned(8)),
            Result("jmp/call-local/06", new MachineReply.Returned(8)),
            Result("alu/add32-k/03", new MachineReply.Declined("the verifier refuses it: R3 !read_ok")),
            Result("alu/add32-k/04", new MachineReply.Declined("the verifier refuses it: R4 !read_ok")),
        ]);

        machine.Unexplained.Select(result => result.Vector.Name).ShouldBe(["alu/add32-k/02"]);
        var page = MachinePage.Text(Day, "make it", [machine], ["qemu: it is not installed"]);
        page.ShouldContain("| Linux 9 | `rfc9669` | 5 | 1 | 2 | 2 | 0 |");
        page.ShouldContain("| 1 | `alu/add32-k/02` | **not explained** | expected r0 = 0x7, got r0 = 0x8 |");
        page.ShouldContain("| 1 | `jmp/call-local/06` | dialect | ");
        page.ShouldContain("- 2 not run, such as alu/add32-k/03: the verifier refuses it: RN !read_ok\n");
        page.ShouldContain("Not tried: qemu: it is not installed");
        page.ShouldContain("2026-11-30");
    }

    [Fact]
    public void Of_a_machine_that_does_all_there_is_nothing_but_a_row() =>
        MachinePage.Text(
            Day, "make it", [new("switch", "ours", Profile.Rbpf, [Result("alu/add32-k/01", new MachineReply.Returned(7))])], [])
            .ShouldNotContain("## ours");

    [Fact]
    public void Text_of_a_machine_ends_no_cell_and_begins_no_tag() =>
        MachinePage.Text(
            Day, "make it", [new("other", "other", Profile.Rbpf, [Result("a/b/1", new MachineReply.Nonsense("|<b>"))])], [])
            .ShouldContain("'\\|&lt;b>'");

    private static TestResult Result(string name, MachineReply reply) => TestRun.Of(
        new(name, new VectorProgram.Code([0x95, 0, 0, 0, 0, 0, 0, 0]), [], new Expectation.Returns(7)), reply);
}
