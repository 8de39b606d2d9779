using System.Net;
using System.Text.Json;
using RbpfSpec.Dashboard.Recording;

namespace RbpfSpec.Dashboard.Tests.Web;

/// <summary>The answers to requests, and who gets them.</summary>
public sealed class AnswersTests : IDisposable
{
    private readonly DashboardServer server;
    private readonly HttpClient client;

    public AnswersTests()
    {
        var recorder = new Recorder(new GivenSensors(), new GivenTime());
        server = DashboardServer.Open(new(IPAddress.Loopback, 0), () => Devices.Known, recorder, [], out var problem)
            .ShouldNotBeNull(problem);
        client = new() { BaseAddress = server.Address };
    }

    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
    }

    [Theory]
    [InlineData("/", "text/html", "<title>")]
    [InlineData("/page.css", "text/css", ":root")]
    [InlineData("/page.js", "text/javascript", "import")]
    [InlineData("/chart.js", "text/javascript", "export")]
    [InlineData("/icon.svg", "image/svg+xml", "<svg")]
    [InlineData("/state.json", "application/json", "{\"version\":1,")]
    public async Task Files_come_with_their_types(string path, string type, string part)
    {
        using var response = await client.GetAsync(path);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        (await response.Content.ReadAsStringAsync()).ShouldContain(part);
    }

    [Fact]
    public async Task The_state_is_JSON()
    {
        using var state = JsonDocument.Parse(await client.GetStringAsync("/state.json"));
        state.RootElement.GetProperty("slots").GetArrayLength().ShouldBe(4);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/state.json")]
    [InlineData("/nothing")]
    public async Task Every_answer_forbids_what_comes_from_elsewhere(string path)
    {
        using var response = await client.GetAsync(path);

        response.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'self';");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        response.Headers.Contains("Server").ShouldBeFalse();
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("ANYTHING")]
    public async Task It_is_read_and_nothing_else(string method)
    {
        using var request = new HttpRequestMessage(new(method), "/state.json");
        using var response = await client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        response.Content.Headers.Allow.ShouldBe(["GET"]);
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/page.css/")]
    [InlineData("/..%2f..%2fetc/passwd")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        using var response = await client.GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("localhost:1234", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("[::1]:80", HttpStatusCode.OK)]
    [InlineData("elsewhere.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.elsewhere.example:80", HttpStatusCode.MisdirectedRequest)]
    public async Task A_page_of_another_name_that_leads_here_is_told_nothing(string host, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/state.json") { Headers = { Host = host } };
        using var response = await client.SendAsync(request);

        response.StatusCode.ShouldBe(status);
    }
}
