
namespace RbpfSpec.Serving.Tests;

/// <summary>The server, as programs of others see it: libcoap's client, and that of npm's package coap.</summary>
[Trait("Needs", "compiler")]
[Trait("Needs", "time")]
public sealed partial class ServerTests
{
    [Theory]
    [InlineData("c/0", "7")]
    [InlineData("nothing", "4.04")]
    [InlineData("kv/global/9", "4.04")]
    public void Libcoap_gets_resources_and_errors(string path, string expected)
    {
        using var server = new RunningServer();
        server.Install(0, Seven);

        Libcoap(server, path).ShouldContain(expected);
    }

    [Fact]
    public void Libcoap_discovers_what_there_is()
    {
        using var server = new RunningServer();
        server.Install(2, Seven);

        var links = Libcoap(server, ".well-known/core");

        foreach (var link in (string[])["</app/2>;ct=42;sz=16", "</c/2>", "</sensors/0>"]) links.ShouldContain(link);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(256)]
    [InlineData(1024)]
    public void Libcoap_puts_a_program_in_blocks_and_gets_it_back(int size)
    {
        using var server = new RunningServer();
        using var folder = new TemporaryFolder();
        var program = LongProgram();
        File.WriteAllBytes(folder.At("program"), program);

        Libcoap(server, "app/0", "-m", "put", "-t", "42", "-b", Text(size), "-f", folder.At("program"));
        Libcoap(server, "app/0", "-b", Text(size), "-o", folder.At("got"));

        server.Server.Snapshot.At(0)!.Application.Program.ShouldBe(Sequence.Of<byte>(program));
        File.ReadAllBytes(folder.At("got")).ShouldBe(program);
    }

    [Fact]
    public void Datagrams_that_are_lost_are_made_up_for()
    {
        using var server = new RunningServer();
        using var folder = new TemporaryFolder();
        var program = LongProgram();
        File.WriteAllBytes(folder.At("program"), program);

        Libcoap(server, "app/0", "-m", "put", "-t", "42", "-b", "256", "-l", "2,5", "-f", folder.At("program"));

        server.Server.Snapshot.At(0)!.Application.Program.ShouldBe(Sequence.Of<byte>(program));
    }

    [Fact]
    public void Libcoap_observes_a_sensor()
    {
        using var server = new RunningServer(sensors: new Rising());

        // It prints one after the other: 7 scale 0 unit 28 scale 0 unit 2
        Libcoap(server, "sensors/0", "-s", "1").Split("scale 0 unit 2").Length.ShouldBeGreaterThan(3);
    }

    [Fact]
    public void The_client_of_npm_does_all_that_in_its_own_way()
    {
        using var server = new RunningServer(sensors: new Rising());
        var program = Convert.ToHexStringLower(LongProgram());

        var (exitCode, output) = External.Run(
            "node", Path.Combine(Repository.Root, "tests/Serving.Tests/client.js"), Path.Combine(Repository.Root, "artifacts/coap"),
            Text(server.Port), program);

        output.Trim().Split('\n').ShouldBe(
        [
            "put 2.01", "got 2.05 1032 bytes, the same", "ran 2.05 128", "missing 4.04", "discovered 40", "observed 3 values, rising",
        ]);
        exitCode.ShouldBe(0);
    }

    // Its blocks differ: r0 = 0, 1, 2, …; exit.
    private static byte[] LongProgram() =>
        [.. RunningServer.Program(string.Concat(Enumerable.Range(1, 128).Select(number => $"r0 = {number}\n")) + "exit")];

    private static string Libcoap(RunningServer server, string path, params string[] arguments) =>
        External.Run("coap-client-notls", ["-B", "60", .. arguments, $"coap://127.0.0.1:{Text(server.Port)}/{path}"]).Output;

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private sealed class TemporaryFolder : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rbpf-serving-");

        public string At(string name) => Path.Combine(folder.FullName, name);

        public void Dispose() => folder.Delete(recursive: true);
    }
}
