using System.Diagnostics;
using System.Text.RegularExpressions;

namespace RbpfSpec.Cli.Tests.Commands.Host;

/// <summary>A device that <c>rbpf host serve</c> runs in a process of its own, and a client of libcoap that speaks to it.</summary>
internal sealed partial class RunningDevice : IDisposable
{
    private readonly Process process;

    private RunningDevice(Process process) => this.process = process;

    /// <summary>The lines that it began with.</summary>
    public required string Told { get; init; }

    /// <summary>The start of its addresses.</summary>
    public required string Address { get; init; }

    /// <summary>Starts one on a free port; the arguments behind <c>host serve</c>.</summary>
    /// <param name="lines">How many lines it begins with.</param>
    /// <param name="arguments">Its arguments.</param>
    public static RunningDevice Start(int lines, params string[] arguments)
    {
        string[] all =
        [
            Path.Combine(AppContext.BaseDirectory, "rbpf.dll"), "host", "serve", "--port", "0", "--bind", "127.0.0.1", .. arguments,
        ];
        var begun = External.Begin("dotnet", all);
        var told = string.Concat(Enumerable.Range(0, lines).Select(_ => begun.StandardOutput.ReadLine() + "\n"));
        var address = Url().Match(told);
        address.Success.ShouldBeTrue(told);
        return new(begun) { Told = told, Address = address.Value };
    }

    /// <summary>The output of <c>coap-client-notls</c>: the payload, or code and diagnostic payload of an error.</summary>
    public string Ask(string method, string path, params string[] arguments) => External.Run(
        "coap-client-notls", ["-m", method, .. arguments, $"{Address}/{path}"]).Output.Trim();

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    [GeneratedRegex(@"coap://127\.0\.0\.1:\d+", RegexOptions.None, 1000)]
    private static partial Regex Url();
}
