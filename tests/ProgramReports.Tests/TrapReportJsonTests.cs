using System.Text;
using System.Text.Json;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Reports;

namespace RbpfSpec.ProgramReports.Tests;

public class TrapReportJsonTests
{
    private static readonly RegionDistance Frame = new("stack frame", 2, 0x0fff_fc00, 512, Permission.ReadWrite, 0, 4);
    private static readonly RegionDistance Table = new("table", null, 0x3000_0000, 6, Permission.Read, 0, 0);

    [Fact]
    public void An_access_of_an_instruction_has_register_value_and_offset() =>
        Text(new(0x0fff_fdfc, 8, Access.Write, new AccessOrigin.InRegister(new(10), 0x0fff_fe00, -4), Frame, Table, "why"))
            .ShouldBe(
                """{"detail":"first; second","access":{"address":"0xffffdfc","bytes":8"""
                + ""","kind":"store","register":"r10","value":"0xffffe00","offset":-4"""
                + ""","region":{"name":"stack frame","frame":2,"address":"0xffffc00","length":512,"permission":"rw","below":0,"past":4}"""
                + ""","next":{"name":"table","address":"0x30000000","length":6,"permission":"r","below":0,"past":0},"hint":"why"}}""");

    [Fact]
    public void An_access_of_a_helper_names_it_and_its_argument()
    {
        var helper = new Helper(2, "memcpy", "", []);
        Text(new(1, 0, Access.ReadWrite, new AccessOrigin.InArgument(new(2), helper, new ByteCount.InArgument(3)), Table, null, null))
            .ShouldBe(
                """{"detail":"first; second","access":{"address":"0x1","bytes":0"""
                + ""","kind":"load and store","register":"r2","helper":"memcpy","region":"""
                + """{"name":"table","address":"0x30000000","length":6,"permission":"r","below":0,"past":0}}}""");
    }

    [Fact]
    public void A_packet_load_has_the_packets_start_and_without_regions_none_is_nearest() =>
        Text(new(16, 4, Access.Read, new AccessOrigin.InPacket(8), null, null, null)).ShouldBe(
            """{"detail":"first; second","access":{"address":"0x10","bytes":4,"kind":"load","packet":"0x8","region":null}}""");

    [Fact]
    public void Other_traps_have_their_detail_alone() => Text(null).ShouldBe("""{"detail":"first; second"}""");

    private static string Text(AccessReport? access)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            TrapReportJson.Write(writer, new(Trap.MemoryAccess, 3, access, ["first", "second"]));
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
