namespace RbpfSpec.Cli.Tests.Inputs;

public partial class RunInputTests
{
    [Fact]
    public void What_is_no_region_is_told() =>
        Rbpf.Run(["run", "examples/storage.o", "--region", "table:64"]).IsUsage(
            "region 'table:64': expected name:size:rw or name:size:rw@address, such as table:64:r@0x40000000 (see 'rbpf run --help')");

    [Theory]
    [InlineData("mine:1:rw@0x10000000", "region 'mine' at 0x10000000 overlaps region 'stack' at 0x10000000")]
    [InlineData("mine:2:rw@0x100001ff", "region 'mine' at 0x100001ff overlaps region 'stack' at 0x10000000")]
    [InlineData("mine:1:rw@0xfffffff", "region 'mine' at 0xfffffff overlaps region 'stack frames' at 0xffff200")]
    [InlineData("mine:8:r@0x20000007", "region 'mine' at 0x20000007 overlaps region 'context' at 0x20000000")]
    [InlineData("mine:2:r@0xffffffffffffffff", "region 'mine' at 0xffffffffffffffff of 2 bytes wraps around the end of the address space")]
    public void A_region_stays_clear_of_the_others_and_of_the_end(string text, string problem) =>
        Rbpf.Run(["run", "examples/increment.o", "--memory", "0000000000000000", "--region", text]).IsUsage(problem);

    [Fact]
    public void The_program_of_an_image_keeps_its_data() =>
        Rbpf.Line("run examples/greeting.o --memory 07000000 --region mine:1:r@0x30002000")
            .IsUsage("region 'mine' at 0x30002000 overlaps region '.data' at 0x30002000");

    [Fact]
    public void A_region_is_zeroed_and_grants_what_it_says()
    {
        var load = Write("load.s", "lddw %r1, 0x50000000\nldxdw %r0, [%r1+56]\nexit\n");
        var store = Write("store.s", "lddw %r1, 0x50000000\nstb [%r1+63], 5\nmov %r0, 0\nexit\n");

        Rbpf.Run(["run", load, "--region", "table:64:r@0x50000000"]).Holds().ShouldStartWith("r0 = 0x0 (0)\n");
        Rbpf.Run(["run", load, "--region", "table:63:r@0x50000000"]).Fails().ShouldStartWith("trap MemoryAccess at slot 2: ");
        Rbpf.Run(["run", load, "--region", "table:64:w@0x50000000"]).Fails().ShouldStartWith("trap MemoryAccess at slot 2: ");
        Rbpf.Run(["run", store, "--region", "table:64:r@0x50000000"]).Fails().ShouldStartWith("trap MemoryAccess at slot 2: ");
        Rbpf.Run(["run", store, "--region", "stacked:64:w@0x50000000"]).Holds()
            .ShouldContain("\nstacked at 0x5000003f = 05\n");
    }

    [Fact]
    public void Regions_without_an_address_lie_one_after_another_with_a_gap()
    {
        var file = Write("two.s", "lddw %r1, 0x40000000\nstb [%r1], 1\nstb [%r1+8192], 2\nldxb %r0, [%r1+4096]\nexit\n");

        var output = Rbpf.Run(["run", file, "--region", "a:4096:rw", "--region", "b:1:rw"]).Fails();

        output.ShouldStartWith("trap MemoryAccess at slot 4: ldxb %r0, [%r1+4096]\n");
        output.ShouldContain("\na at 0x40000000 = 01\nb at 0x40002000 = 02\n");
    }
}
