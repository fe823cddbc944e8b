using Microsoft.AspNetCore.Routing.Patterns;

namespace CyberInsights.Server.Site;

/// <summary>
/// Maps addresses whose parameters are bound by code that is made at their first request. With six languages there are a
/// thousand addresses; to make all of it at the start takes a second, and most are not asked for in an hour.
/// </summary>
internal static class LateRoutes
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] Sending = [HttpMethods.Post];

    /// <summary>An address that is read: GET and HEAD.</summary>
    internal static IEndpointConventionBuilder MapReading(
        this IEndpointRouteBuilder routes,
        string pattern,
        Delegate handler
    ) => routes.MapMethods(pattern, Reading, Bind(routes, pattern, handler));

    /// <summary>An address that something is sent to: POST.</summary>
    internal static IEndpointConventionBuilder MapSending(
        this IEndpointRouteBuilder routes,
        string pattern,
        Delegate handler
    ) => routes.MapMethods(pattern, Sending, Bind(routes, pattern, handler));

    private static RequestDelegate Bind(IEndpointRouteBuilder routes, string pattern, Delegate handler)
    {
        var bound = new Lazy<RequestDelegate>(() =>
            RequestDelegateFactory
                .Create(
                    handler,
                    new RequestDelegateFactoryOptions
                    {
                        ServiceProvider = routes.ServiceProvider,
                        RouteParameterNames = RoutePatternFactory.Parse(pattern).Parameters.Select(p => p.Name),
                        DisableInferBodyFromParameters = true,
                    }
                )
                .RequestDelegate
        );
        return http => bound.Value(http);
    }
}
