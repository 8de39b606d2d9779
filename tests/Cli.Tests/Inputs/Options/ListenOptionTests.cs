using System.CommandLine;
using System.Net;
using RbpfSpec.Cli.Inputs.Options;

namespace RbpfSpec.Cli.Tests.Inputs.Options;

/// <summary>Where something listens, as people write it.</summary>
public sealed class ListenOptionTests
{
    [Theory]
    [InlineData("0", "127.0.0.1:0")]
    [InlineData("65535", "127.0.0.1:65535")]
    [InlineData("192.0.2.1:8080", "192.0.2.1:8080")]
    [InlineData("0.0.0.0:0", "0.0.0.0:0")]
    [InlineData("[::]:80", "[::]:80")]
    [InlineData("[2001:db8::1]:8080", "[2001:db8::1]:8080")]
    public void A_port_of_this_computer_or_an_address_with_a_port(string text, string expected) =>
        Parsed(text, out _).ShouldBe(IPEndPoint.Parse(expected));

    [Theory]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("http")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("localhost:80")]
    [InlineData("[::1]")]
    [InlineData("2001:db8::1:80")]
    [InlineData("2001:db8::0")]
    [InlineData("1:2:0")]
    public void Anything_else_is_told(string text)
    {
        Parsed(text, out var problems);

        problems.ShouldBe([
            $"--at '{text}' is no port; expected a number from 0 to 65535, or an address and a port, such as 192.0.2.1:8080 "
            + "or [2001:db8::1]:8080",
        ]);
    }

    private static IPEndPoint? Parsed(string text, out IReadOnlyList<string> problems)
    {
        var option = new ListenOption("--at", "Where.");
        var parsed = new RootCommand { option }.Parse([$"--at={text}"]);
        problems = [.. parsed.Errors.Select(error => error.Message)];
        return problems.Count == 0 ? parsed.GetValue(option) : null;
    }
}
